"""The shape of what is typed when somebody signs in, and when seats are arranged."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCode
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.agencies import commands, queries
from alongside.kernel import geography
from alongside.kernel.forms import offer

TEXT = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


def passphrase_field(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    """Ask for a passphrase, whatever is in it."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **more,
    )


def new_passphrase_field() -> forms.CharField:
    """Ask for a passphrase that nobody has yet."""
    hint = _("At least 15 characters. Four or five words that mean nothing together are easy to remember.")
    return passphrase_field(_("New passphrase"), "new-password", help_text=hint)


class Twice(forms.Form):
    """A new passphrase, typed twice; shown again beside the field that is wrong."""

    username_for_checks = ""

    def clean_passphrase(self) -> str:
        """Hold the passphrase against the rules and the list of common ones."""
        passphrase: str = self.cleaned_data["passphrase"]
        account = queries.nobody_yet(self.cleaned_data.get("username", self.username_for_checks))
        validate_password(passphrase, account)
        return passphrase

    def clean(self) -> dict[str, Any]:
        """Say so at the second field if the two aren't the same."""
        cleaned = super().clean() or {}
        if cleaned.get("passphrase") and cleaned.get("again") and cleaned["passphrase"] != cleaned["again"]:
            self.add_error("again", _("The two aren’t the same. Type the same passphrase twice."))
        return cleaned


class SignIn(LoginForm):  # type: ignore[misc]
    """User name and passphrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget = forms.TextInput(attrs={**TEXT, "autocomplete": "username webauthn"})
        self.fields["password"] = passphrase_field(_("Passphrase"), "current-password")


class SameAgain(ReauthenticateForm):  # type: ignore[misc]
    """The passphrase once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = passphrase_field(_("Passphrase"), "current-password")


def code_field() -> forms.CharField:
    """Ask for a code of an authenticator app, or a recovery code."""
    widget = forms.TextInput(attrs={**TEXT, "autocomplete": "one-time-code", "inputmode": "numeric"})
    return forms.CharField(label=_("Code"), max_length=60, widget=widget)


class _SpendsCode(forms.Form):
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()
        self.fields["code"].help_text = _(
            "Six digits from your authenticator app, or one of your recovery codes."
        )

    def clean_code(self) -> str:
        """Spend the code; each is good once."""
        code: str = self.cleaned_data["code"]
        found = commands.spend_code(self.user, code)
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        found.user, self.authenticator = self.user, found
        return code


class SecondStep(_SpendsCode, AuthenticateForm):  # type: ignore[misc]
    """A code, as the second step of signing in."""


class SecondStepAgain(_SpendsCode, ReauthenticateByCode):  # type: ignore[misc]
    """A code, once more, before something that matters."""


class NewAuthenticator(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app. Until it comes, the secret waits sealed in the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        self.fields["code"] = code_field()
        session, adapter = context.request.session, get_adapter()
        if not self.is_bound or SECRET_SESSION_KEY not in session:
            session[SECRET_SESSION_KEY] = adapter.encrypt(generate_totp_secret())
        self.secret = adapter.decrypt(session[SECRET_SESSION_KEY])

    @property
    def secret_in_groups(self) -> str:
        """The secret as one types it: four letters at a time."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))

    def clean_code(self) -> str:
        """Check that the app shows what it should."""
        code: str = self.cleaned_data["code"]
        if commands.step_of(self.secret, "".join(c for c in code if c.isdigit())) is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


@contextmanager
def _nothing_odd() -> Iterator[None]:
    """Answer whatever a browser or an attacker made up as what it is: a credential that doesn't match."""
    try:
        yield
    except (KeyError, IndexError, AttributeError, TypeError, ValueError, InvalidSignature) as odd:
        if isinstance(odd, ValidationError):
            raise
        raise get_adapter().validation_error("incorrect_code") from odd


class NewPasskey(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and what to call it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        hint = _("Only you see this name. It helps you to tell your passkeys apart.")
        self.fields["name"] = forms.CharField(
            label=_("What to call it"),
            max_length=60,
            required=False,
            help_text=hint,
            widget=forms.TextInput(attrs=TEXT),
        )

    def clean(self) -> Any:
        """Take only passkeys that checked who holds them."""
        self.cleaned_data["passwordless"] = True
        with _nothing_odd():
            return super().clean()


class PasskeyName(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("What to call it"), max_length=60, widget=forms.TextInput(attrs=TEXT)
        )


class _Careful(forms.Form):
    def clean_credential(self) -> Any:
        with _nothing_odd():
            return super().clean_credential()  # type: ignore[misc]


class PasskeySignIn(_Careful, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of name and passphrase."""


class PasskeySecondStep(_Careful, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after name and passphrase."""


class PasskeyAgain(_Careful, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something that matters."""


class NewPassphrase(Twice):
    """Replacing one's own passphrase."""

    passphrase = new_passphrase_field()
    again = passphrase_field(_("New passphrase once more"), "new-password")

    def __init__(self, *args: Any, username: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.username_for_checks = username


class OneTimeCode(forms.Form):
    """The code somebody was handed."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("Sixteen letters and digits. Capitals and dashes don’t matter."),
        widget=forms.TextInput(attrs=TEXT),
    )


class Seat(Twice):
    """A new account for an offered seat."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    username = forms.CharField(
        label=_("User name"),
        min_length=3,
        max_length=60,
        help_text=_("Choose one that isn’t your own name."),
        widget=forms.TextInput(attrs={**TEXT, "autocomplete": "username"}),
    )
    passphrase = new_passphrase_field()
    again = passphrase_field(_("Passphrase once more"), "new-password")

    def clean_username(self) -> str:
        """Say so if somebody else has that name. Only people with an invitation can ask."""
        username: str = self.cleaned_data["username"].lower()
        if queries.account_named(username):
            raise ValidationError(_("That user name is taken. Choose another."))
        return username


class SeatOfMine(forms.Form):
    """An offered seat for somebody who had an account already."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    login = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={**TEXT, "autocomplete": "username"}),
    )
    password = passphrase_field(_("Passphrase"), "current-password")


class Recover(Twice):
    """Coming back in with a code from two colleagues."""

    code = OneTimeCode.base_fields["code"]
    passphrase = new_passphrase_field()
    again = passphrase_field(_("New passphrase once more"), "new-password")


class Offer(forms.Form):
    """Who is invited, as what."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("As colleagues know them. It never leaves your agency."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("id", uuid4())
        super().__init__(*args, **kwargs)
        offer(self, "role", queries.role_choices())


class OtherRole(forms.Form):
    """What a colleague does from now on."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", queries.role_choices())


class HelpBack(forms.Form):
    """Helping a colleague back in."""

    also_second_step = forms.BooleanField(
        label=_("Their passkey, phone or codes are gone too"),
        required=False,
        help_text=_("Then they set up a new second step after signing in."),
    )


class Facts(forms.Form):
    """What an agency says about itself."""

    name = forms.CharField(label=_("Name in English"), max_length=200)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200, required=False)
    face = forms.CharField(
        label=_("Neutral name in English"),
        max_length=100,
        required=False,
        help_text=_(
            "Stands on every screen instead of the name, where naming the programme would give somebody away."
        ),
    )
    face_fr = forms.CharField(label=_("Neutral name in French"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("What the agency is"),
        help_text=_("Shown beside the name wherever somebody decides whether to share with it."),
    )
    regime = forms.ChoiceField(label=_("Privacy law it answers to"))
    division = forms.ChoiceField(label=_("Census division"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            **queries.fact_choices(),
            "division": [
                ("", _("Not said")),
                *sorted(
                    ((code, str(area)) for code, area in geography.DIVISIONS.items()), key=lambda d: d[1]
                ),
            ],
        }
        for name in ("kind", "regime", "division"):
            offer(self, name, choices[name])
