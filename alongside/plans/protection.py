"""What plans protect beside their own tables."""

SQL = ("handover",)

DEFINERS = {"ctx.take_on_steps()": "a trigger: nobody can call it"}
