package dev.lakehouse.query.guard;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calls what a SELECT computes, and gives no name, by its own text, whatever the engine. */
final class ItemNames {
  private static final int LONGEST = 100;

  private ItemNames() {}

  static void give(SqlSelect select, Spellings spellings) {
    SqlNodeList selected = select.getSelectList();
    List<String> texts = spellings.items(select.getParserPosition());
    if (texts.size() != selected.size()) {
      return;
    }
    for (int i = 0; i < texts.size(); i++) {
      SqlNode item = selected.get(i);
      String text = texts.get(i);
      boolean named =
          item instanceof SqlIdentifier
              || item instanceof SqlStarExclude
              || item.getKind() == SqlKind.AS;
      if (!named && !text.isEmpty()) {
        String name = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        SqlParserPos position = item.getParserPosition();
        selected.set(
            i,
            SqlStdOperatorTable.AS.createCall(position, item, new SqlIdentifier(name, position)));
      }
    }
  }
}
