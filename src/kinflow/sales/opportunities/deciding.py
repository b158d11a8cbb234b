"""What people decide about opportunities, and a policy of the company may rule."""

from django.utils.translation import gettext_lazy as _

from kinflow.records.matters import Fact, Matter, register_matter

DISCOUNT = register_matter(
    Matter(
        "discount",
        "opportunity",
        "discount",
        _("Discount"),
        (
            Fact("discount", _("Discount (%)"), "number"),
            Fact("before", _("Discount before (%)"), "number"),
            Fact("less", _("Amount given up"), "number"),
        ),
    )
)

DELIVERY = register_matter(
    Matter(
        "delivery",
        "opportunity",
        "deliver",
        _("Promise of delivery"),
        (
            Fact("days", _("Days until delivery"), "number"),
            Fact("sooner", _("Days sooner than promised before"), "number"),
            Fact("later", _("Days later than promised before"), "number"),
        ),
        alone=">= 30",
    )
)
