"""The e-mail that lets a person choose their first password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .models import User


def address_for(user: User) -> str:
    """The address under which the user chooses a password, once."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return f"{settings.URL}{path}"


def send_invitation(user: User) -> None:
    """Send it, in the user's language."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        known = {
            "name": user.person or user.username,
            "login": user.username,
            "address": address_for(user),
        }
        text = render_to_string("users/invitation.txt", known)
        send_mail(_("You can work with Kinflow now"), text, None, [user.email])
