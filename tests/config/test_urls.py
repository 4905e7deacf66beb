import pytest
from django.http import HttpResponse
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern, RoutePattern

from phoihop.config.urls import WhenAsked


def page(request):
    return HttpResponse()


def test_addresses_are_read_when_the_first_of_them_is_asked_for_and_not_before():
    later = WhenAsked(RoutePattern("api/", is_endpoint=False), "no.such.addresses")
    every = URLResolver(RegexPattern(r"^/"), [later, path("trang/", page, name="a-page")])
    assert (every.reverse("a-page"), every.resolve("/trang/").func) == ("trang/", page)
    with pytest.raises(ModuleNotFoundError, match="no"):
        every.resolve("/api/v1/")


@pytest.mark.parametrize(("address", "name"), [("/api/", "handbook"), ("/api/v1/openapi.json", "openapi_json")])
def test_the_api_is_where_it_was(address, name):
    every = URLResolver(RegexPattern(r"^/"), "phoihop.config.urls")
    found = every.resolve(address)
    assert getattr(found.func, "__name__", getattr(getattr(found.func, "func", None), "__name__", "")) == name
