"""The door of every page: whoever is not signed in is led to the sign-in page, and from there back."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

Given = ParamSpec("Given")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Given], Answer]


def page(view: View[Given, Answer]) -> View[Given, Answer | HttpResponse]:
    """A view for those who are signed in; what they may do there is asked by the view itself."""

    @wraps(view)
    def behind_the_door(
        request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer | HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return to_sign_in(request)

    return behind_the_door


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """On to the sign-in page; htmx is told by a header, since it would follow a redirect unseen."""
    by_htmx = request.headers.get("HX-Request") == "true"
    back = page_of(request) if by_htmx else request.get_full_path()
    address = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    if not by_htmx:
        return HttpResponseRedirect(address)
    answer = HttpResponse(status=401)
    answer["HX-Redirect"] = address
    return answer


def page_of(request: HttpRequest, otherwise: str = "/") -> str:
    """The page the person looks at, as a path of this site."""
    told = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    path = told.path + (f"?{told.query}" if told.query else "")
    is_here = told.netloc in ("", request.get_host()) and is_local(path)
    return path if is_here else otherwise


def is_local(address: str) -> bool:
    """Whether an address that came from outside leads to a page of this site."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
