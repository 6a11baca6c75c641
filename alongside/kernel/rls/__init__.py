"""Row-level security: the rows it stands on (`models`), what migrations say about who may do what (`operations`), and the lint of what is in force (`lint`)."""
