package dev.lakehouse.query.guard;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * A part of a WHERE: a row of the table for which it is not true does not change the answer.
 *
 * @param use the table's place among the query's tables
 * @param alias what columns of the table may have before their name
 * @param beside the other tables in the same FROM, which a bare column may belong to
 * @param bareColumns whether a bare column can only belong to one of all these tables
 * @param node the condition; may be about other tables too
 */
public record Condition(
    int use, String alias, List<Integer> beside, boolean bareColumns, SqlNode node) {}
