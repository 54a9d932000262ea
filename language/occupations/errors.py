"""What can go wrong with the classification of occupations."""

from store.errors import ZhidaError


class OccupationsUnavailable(ZhidaError):
    """The table of the 职业分类大典 cannot be had."""

    code = "occupations_unavailable"
