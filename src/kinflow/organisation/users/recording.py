"""What the sign-in machinery does, told to the log."""

from kinflow.eventlog import Actor, action, record

from .events import PasswordChanged, SecondFactorSet, SignedIn, SignInLocked
from .models import User


@action
def note_sign_in(*, user: User, by: Actor) -> None:
    """Somebody signed in."""
    record(SignedIn(person=user.person, login=user.username))


@action
def note_lock(*, user: User, by: Actor) -> None:
    """Somebody tried too many wrong passwords."""
    record(SignInLocked(person=user.person, login=user.username))


@action
def note_password(*, user: User, by: Actor) -> None:
    """A password was set or changed."""
    record(PasswordChanged(person=user.person, login=user.username))


@action
def note_second_factor(*, user: User, is_on: bool, by: Actor) -> None:
    """A second factor was added or taken away."""
    record(SecondFactorSet(person=user.person, login=user.username, is_on=is_on))
