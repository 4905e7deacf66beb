"""Addresses of Django's admin, which its list links to."""

from django.contrib import admin
from django.urls import path

from phoihop.domain.activities.models import Activity

admin.site.register(Activity)
urlpatterns = [path("admin/", admin.site.urls)]
