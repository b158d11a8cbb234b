"""The addresses of sign-in, of one's own settings, and of the users' administration."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import settings_pages
from .me import pages as me

_to_sign_in = RedirectView.as_view(pattern_name="account_login")
_to_me = RedirectView.as_view(pattern_name="me")

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/out/", account.logout, name="account_logout"),
    path("sign-in/new/", _to_sign_in, name="account_signup"),
    path("sign-in/off/", _to_sign_in, name="account_inactive"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/password/", account.password_reset, name="account_reset_password"),
    path("sign-in/password/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sign-in/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("me/", me.own, name="me"),
    path("me/presence/", me.presence, name="me_presence"),
    path("me/sessions/", me.sessions, name="me_sessions"),
    path("me/tokens/", me.tokens, name="me_tokens"),
    path("me/tokens/<int:token_id>/revoke/", me.revoke, name="me_revoke_token"),
    path("me/password/", account.password_change, name="account_change_password"),
    path("me/password/set/", account.password_set, name="account_set_password"),
    path("me/email/", _to_me, name="account_email"),
    path("me/second-factor/", _to_me, name="mfa_index"),
    path("me/second-factor/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/second-factor/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/second-factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("settings/", settings_pages.overview, name="settings"),
    path("settings/users/", settings_pages.users, name="settings_users"),
    path("settings/users/<int:person_id>/roles/", settings_pages.roles, name="settings_roles"),
    path("settings/users/<int:person_id>/invite/", settings_pages.invite, name="settings_invite"),
    path("settings/users/<int:user_id>/switch/", settings_pages.switch, name="settings_switch"),
    path(
        "settings/users/<int:user_id>/second-factor/",
        settings_pages.second_factor,
        name="settings_second_factor",
    ),
    path("settings/tokens/", settings_pages.tokens, name="settings_tokens"),
    path("settings/tokens/<int:token_id>/revoke/", settings_pages.revoke, name="settings_revoke_token"),
]
