"""The settings of bulk linking in Splink's own form. Imported only where Splink is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from callhandler.policy.linking import Block, Comparison, Linking, StandsAs, When

if TYPE_CHECKING:
    from splink import SettingsCreator


def settings_for(linking: Linking, people: int, alike: Sequence[int]) -> "SettingsCreator":
    """The same settings for either engine. Weights are fixed: nothing is trained.

    `people` is how many records there are, `alike` how many pairs of them are as each entry of the settings' `alike` says.
    """
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=linking.two_the_same(people, alike),
        blocking_rules_to_generate_predictions=[_block(b) for b in linking.blocks],
        comparisons=[_comparison(c, people) for c in linking.comparisons],
        # The levels are kept only together with what was compared.
        retain_matching_columns=True,
        additional_columns_to_retain=["person"],
    )


def _block(block: Block) -> Any:
    from splink import block_on

    return block_on(*block.columns, arrays_to_explode=[block.each_of] if block.each_of else None)


def _comparison(comparison: Comparison, people: int) -> Any:
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    unknown = [cll.NullLevel(c) for c in comparison.unknown]
    nothing: Any = unknown[0] if len(unknown) == 1 else cll.Or(*unknown)
    nothing = nothing.configure(is_null_level=True)
    given = [_level(level, people) for level in comparison.levels]
    elsewhere = [cll.Not(_when(comparison.only)).configure(is_null_level=True)] if comparison.only else []
    return cl.CustomComparison(
        # What one of the two does not say counts as nothing only where no level above says something.
        comparison_levels=[*elsewhere, *given[:-1], nothing, given[-1]],
        output_column_name=comparison.name,
    )


def _level(level: StandsAs, people: int) -> Any:
    import splink.comparison_level_library as cll

    made: Any = cll.ElseLevel() if level.when is None else _when(level.when)
    more: dict[str, Any] = {}
    if level.rarer:
        # The value must be the same at this level; the engine cannot see that through "any".
        more = {"tf_adjustment_column": level.rarer, "disable_tf_exact_match_detection": True}
    return made.configure(
        m_probability=level.one,
        u_probability=level.of_two(people),
        fix_m_probability=True,
        fix_u_probability=True,
        label_for_charts=level.say,
        **more,
    )


def _when(when: When) -> Any:
    import splink.comparison_level_library as cll

    if when.same:
        return cll.ExactMatchLevel(when.same)
    if when.shares:
        return cll.ArrayIntersectLevel(when.shares, 1)
    if when.letters:
        return cll.LevenshteinLevel(when.letters.column, when.letters.at_most)
    if when.unknown:
        return cll.NullLevel(when.unknown)
    if when.known:
        return cll.Not(cll.NullLevel(when.known))
    if when.turned:
        return cll.ColumnsReversedLevel(when.turned[0], when.turned[1], symmetrical=True)
    if when.all:
        return cll.And(*(_when(w) for w in when.all))
    return cll.Or(*(_when(w) for w in when.any or []))
