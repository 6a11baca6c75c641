"""Who could come: companions set against appointments, as a suggestion that binds nobody.

Pure: it knows no table and no request. `suggestion.suggest` takes a `Problem` and gives a `Suggestion`, which
a human confirms, a companion may decline and the person may refuse. Whoever did is put among `without`, and
it is asked again.
"""
