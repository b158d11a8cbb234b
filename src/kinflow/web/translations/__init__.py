"""Translation catalogues: what the sources say, what the catalogues know, and what is missing between them.

One catalogue per package, `locale/zh_Hans/LC_MESSAGES/django.po`. No gettext programs are needed.
"""
