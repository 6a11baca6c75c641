"""Pages of the directory."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.directory import commands, queries, rules, serving
from alongside.directory.asked import asked_in
from alongside.directory.forms import EntryForm, told_by
from alongside.kernel import clock
from alongside.kernel.doors import unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.vocabulary import NEEDS

FIRST_NEEDS = (
    "shelter_tonight", "safety", "crisis", "trafficking_support", "counselling", "health_care", "assault_care", "substance_use", "food", "money", "identification",
    "legal_advice", "immigration", "housing", "peer_support", "indigenous_led",
)  # fmt: skip


@require_GET
def search(request):
    """Find a service: search first, then filters as plain links."""
    asked = asked_in(request.GET)
    seeking = request.session.get("seeking")
    around = {"asked": asked, "seeking": seeking, "may_import": rules.may_import(request.worker)}
    if not asked:
        return render(request, "directory/search.html", around | {"first": [NEEDS[code] for code in FIRST_NEEDS], "size": queries.size()})
    page = queries.find(request.worker, asked)
    around["may_ask"] = request.worker.keeps_files
    template = "directory/search.html#found" if request.htmx else "directory/search.html"
    return render(request, template, around | {"page": page, "filters": _filters(asked)})


def _filters(asked):
    """Return the filters as links: `(words, whether it is on, where the link goes)`."""
    return [
        (_("Open now"), asked.open_now, asked.query(open_now=not asked.open_now)),
        (_("No police needed"), asked.no_police, asked.query(no_police=not asked.no_police)),
        (_("In French"), asked.language == "fr", asked.query(language="" if asked.language == "fr" else "fr")),
        (_("Under 18"), asked.age == 16, asked.query(age=None if asked.age == 16 else 16)),
    ]


@require_GET
@unseen_is_absent
def entry(request, entry_id):
    """One entry: what it is, how to reach it, one thing to do."""
    one = queries.get_entry(request.worker, entry_id)
    mine = one.agency_id == request.worker.agency_id
    around = {
        "entry": one,
        "hours": queries.opening_hours(one),
        "mine": mine,
        "seeking": request.session.get("seeking"),
        "today": clock.today().weekday(),
    }
    return render(request, "directory/entry.html", around)


@require_GET
def own(request):
    """The entries one's own agency keeps."""
    return render(
        request, "directory/own.html", {"entries": queries.own_entries(request.worker), "may_import": rules.may_import(request.worker)}
    )


def new(request):
    """Add an entry. Only its name is needed."""
    return _keep(request, None, {"offered_here": True, "disclosure": "public"})


@unseen_is_absent
def edit(request, entry_id):
    """Change an entry of one's own agency."""
    one = queries.get_entry(request.worker, entry_id)
    rules.check_can_edit(request.worker, one)
    return _keep(request, one, told_by(one))


def _keep(request, one, initial):
    form = bound_or_draft(EntryForm, request, initial=initial)
    if form.is_valid():
        kept = commands.keep(entry=one, by=request.worker, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("directory:entry", kept.pk)
    return render(request, "directory/form.html", {"form": form, "entry": one}, status=422 if form.is_bound else 200)


@require_POST
@unseen_is_absent
def hiding(request, entry_id):
    """Hide an entry of one's own agency, or show it again."""
    one = queries.get_entry(request.worker, entry_id)
    if request.POST.get("show"):
        commands.show(entry=one, by=request.worker)
    else:
        commands.hide(entry=one, by=request.worker, at=clock.now())
    return redirect(f"{reverse('directory:entry', args=[one.pk])}")


@require_GET
def as_csv(request):
    """What was found, as a table to print or take along: at most a thousand rows, and nothing that is withheld."""

    return HttpResponse(
        serving.csv_of(request.worker, asked_in(request.GET)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="list.csv"'},
    )
