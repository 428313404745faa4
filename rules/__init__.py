"""Rule packs as data; ``services.workhours.core.rule_pack`` reads them."""
