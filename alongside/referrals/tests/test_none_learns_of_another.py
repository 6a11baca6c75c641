"""No sequence of asking several, in turn and at once, shows one agency that another was asked."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal
from alongside.plans import queries as plans
from alongside.referrals import commands, queries
from alongside.referrals.models import CapacityRequest, RankedAgency, Referral
from alongside.referrals.tests import cast
from tests import databases
from tests.ground import acting
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.costly("sequences of asking several agencies")]
WHO = st.sampled_from(["ines", "dev", "noor"])
PUBLIC = "^(agencies_agency|directory_)"  # everybody may know which agencies there are
TABLES = """
    select string_agg(format('select %%1$L from %%1$I t where to_jsonb(t)::text ~ OTHERS',
        relname), ' union all ') from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ %s
        and has_table_privilege('app', oid, 'select')
"""


class Several(RuleBasedStateMachine):
    """An open desk, and three agencies that it asks for one thing somebody wants."""

    @initialize()
    def begin(self):
        databases.empty()
        self.maya = cast.worker(cast.agency("Riverside"))
        self.ines = cast.worker(cast.agency("North Shore", "healthcare", "hospital"), "Ines", "intake")
        self.dev = cast.worker(cast.agency("Lakeside", kind="housing"), "Dev", "intake")
        self.noor = cast.worker(cast.agency("Hillcrest"), "Noor")
        self.file = cast.file(self.maya)
        self.wish = cast.priority(self.file, self.maya)
        with acting(self.maya.pk) as app:
            self.everything = app.execute(TABLES, [PUBLIC]).fetchone()[0]
        for who in ("ines", "dev", "noor"):
            self.rank(who)
        self.ask_at_once({"ines", "noor"})
        self.ask_the_next(goes=True)

    def _do(self, who, command, **what):
        try:
            with ctx.as_worker(who.pk):
                return command(by=who, at=clock.now(), **what)
        except (Refusal, Referral.DoesNotExist, CapacityRequest.DoesNotExist, RankedAgency.DoesNotExist):
            return None

    @rule(who=WHO)
    def rank(self, who):
        about = {"file_id": self.file.id, "priority_id": self.wish.id}
        self._do(self.maya, commands.rank, **about, to_agency_id=getattr(self, who).agency_id)

    @rule(goes=st.booleans())
    def ask_the_next(self, goes):
        with ctx.as_worker(self.maya.pk):
            order = queries.order_of(self.maya, self.file.id, self.wish.id)
        if order and (draft := self._do(self.maya, commands.ask_ranked, ranked=order[0].ranked)) and goes:
            self._send(draft)

    def _send(self, draft):
        with ctx.as_worker(self.maya.pk):
            release = consents.get_release(self.maya, self.file.id, draft.release_id)
            items = plans.shareable(self.maya, self.file.id)
            consent.name_items(release=release, items=items, by=self.maya)
            said = {
                "explained": True,
                "capacity": "self",
                "method": "oral-witnessed",
                "others_present": "alone",
            }
            consent.set_terms(release=release, by=self.maya, **said)
        cast.send(draft, self.maya)

    @rule()
    def stop(self):
        with ctx.as_worker(self.maya.pk):
            order = queries.order_of(self.maya, self.file.id, self.wish.id)
        if order:
            self._do(self.maya, commands.stop_order, ranked=order[-1].ranked)

    @rule(who=WHO, reason=st.sampled_from(["no-capacity", "waitlist", ""]))
    def answer(self, who, reason):
        worker = getattr(self, who)
        with ctx.as_worker(worker.pk):
            asked = next(iter(queries.waiting(worker)), None)
        if asked and reason:
            no = {"barriers": [], "wait_band": ""}
            self._do(worker, commands.decline, referral=asked, reason=reason, **no)
        elif asked:
            self._do(worker, commands.say_yes, referral=asked)

    @rule(who=st.sets(WHO, min_size=1))
    def ask_at_once(self, who):
        facts = {"need": "shelter_tonight", "people": 2, "languages": []}
        to = [getattr(self, each).agency_id for each in who]
        day = clock.today() + timedelta(days=3)
        self._do(self.maya, commands.ask_for_capacity, to_agency_ids=to, day=day, **facts)

    @rule(who=WHO, yes=st.booleans())
    def answer_at_once(self, who, yes):
        worker, more = getattr(self, who), {"state": "yes"} if yes else {"state": "no", "reason": "not-a-fit"}
        with ctx.as_worker(worker.pk):
            asked = next(iter(queries.capacity_asked_of_us(worker)), None)
        if asked:
            self._do(worker, commands.answer_capacity, asked=asked, **more)

    @rule()
    def pick(self):
        with ctx.as_worker(self.maya.pk):
            could = CapacityRequest.objects.filter(state="yes").last()
        about = {"asked": could, "file_id": self.file.id}
        if could and (draft := self._do(self.maya, commands.ask_for_somebody, **about)):
            self._send(draft)

    @invariant()
    def no_row_that_an_agency_can_read_names_another(self):
        people = (self.ines, self.dev, self.noor)
        for who in people:
            others = "|".join(str(each.agency_id) for each in people if each != who)
            with acting(who.pk) as app:
                assert app.execute(self.everything.replace("OTHERS", f"'{others}'")).fetchall() == []


def test_no_sequence_shows_one_agency_that_another_was_asked():
    run_state_machine_as_test(
        Several,
        settings=settings(
            max_examples=often(quick=4, thorough=60),
            stateful_step_count=14,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
