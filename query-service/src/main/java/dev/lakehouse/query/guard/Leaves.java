package dev.lakehouse.query.guard;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/** Which literals, intervals and type names the dialect has. */
final class Leaves {
  private static final Pattern AMOUNT = Pattern.compile("[-+]?[0-9]{1,18}(\\.[0-9]{1,9})?");
  private static final Pattern MOMENT = Pattern.compile("[-+0-9:. TZ]{1,40}");

  private static final Set<SqlTypeName> LITERALS =
      Set.of(
          SqlTypeName.NULL,
          SqlTypeName.BOOLEAN,
          SqlTypeName.DECIMAL,
          SqlTypeName.DOUBLE,
          SqlTypeName.BINARY,
          SqlTypeName.DATE,
          SqlTypeName.TIME,
          SqlTypeName.TIMESTAMP,
          SqlTypeName.SYMBOL);

  private static final Set<TimeUnit> UNITS =
      Set.of(
          TimeUnit.YEAR,
          TimeUnit.QUARTER,
          TimeUnit.MONTH,
          TimeUnit.WEEK,
          TimeUnit.DAY,
          TimeUnit.HOUR,
          TimeUnit.MINUTE,
          TimeUnit.SECOND);

  private static final Set<TimeUnit> PARTS =
      Set.of(
          TimeUnit.YEAR,
          TimeUnit.QUARTER,
          TimeUnit.MONTH,
          TimeUnit.WEEK,
          TimeUnit.DAY,
          TimeUnit.HOUR,
          TimeUnit.MINUTE,
          TimeUnit.SECOND,
          TimeUnit.MILLISECOND,
          TimeUnit.MICROSECOND,
          TimeUnit.DOW,
          TimeUnit.DOY,
          TimeUnit.ISODOW,
          TimeUnit.ISOYEAR,
          TimeUnit.EPOCH,
          TimeUnit.DECADE,
          TimeUnit.CENTURY);

  private static final Set<SqlTypeName> TYPES =
      Set.of(
          SqlTypeName.BOOLEAN,
          SqlTypeName.TINYINT,
          SqlTypeName.SMALLINT,
          SqlTypeName.INTEGER,
          SqlTypeName.BIGINT,
          SqlTypeName.REAL,
          SqlTypeName.FLOAT,
          SqlTypeName.DOUBLE,
          SqlTypeName.DECIMAL,
          SqlTypeName.CHAR,
          SqlTypeName.VARCHAR,
          SqlTypeName.DATE,
          SqlTypeName.TIME,
          SqlTypeName.TIMESTAMP,
          SqlTypeName.TIMESTAMP_TZ,
          SqlTypeName.VARBINARY,
          SqlTypeName.UUID);

  private static final Set<String> NAMED_TYPES =
      Set.of("string", "text", "timestamptz", "json", "uuid", "hugeint");

  private Leaves() {}

  static void literal(SqlLiteral literal) {
    if (literal instanceof SqlIntervalLiteral interval) {
      SqlIntervalLiteral.IntervalValue value =
          interval.getValueAs(SqlIntervalLiteral.IntervalValue.class);
      qualifier(value.getIntervalQualifier(), UNITS);
      if (!AMOUNT.matcher(value.getIntervalLiteral()).matches()) {
        throw Refusals.notAllowed("this interval", literal.getParserPosition());
      }
    } else if (literal instanceof SqlUnknownLiteral dated) {
      String tag = dated.tag.toUpperCase(Locale.ROOT);
      if (!Set.of("DATE", "TIME", "TIMESTAMP").contains(tag)
          || !MOMENT.matcher(dated.getValueAs(String.class)).matches()) {
        throw Refusals.notAllowed("this " + tag + " literal", literal.getParserPosition());
      }
    } else if (literal instanceof SqlCharStringLiteral) {
      NlsString text = literal.getValueAs(NlsString.class);
      if (text.getCharsetName() != null || text.getCollation() != null) {
        throw Refusals.notAllowed(
            "a literal with a character set or collation", literal.getParserPosition());
      }
    } else if (!LITERALS.contains(literal.getTypeName())) {
      throw Refusals.notAllowed(
          "a literal of type " + literal.getTypeName(), literal.getParserPosition());
    }
  }

  /** The part that EXTRACT and its like name. */
  static void part(SqlIntervalQualifier qualifier) {
    qualifier(qualifier, PARTS);
  }

  private static void qualifier(SqlIntervalQualifier qualifier, Set<TimeUnit> units) {
    boolean plain =
        qualifier.timeUnitRange.endUnit == null
            && units.contains(qualifier.timeUnitRange.startUnit)
            && qualifier.getStartPrecisionPreservingDefault() < 0
            && qualifier.getFractionalSecondPrecisionPreservingDefault() < 0;
    if (!plain) {
      throw Refusals.notAllowed("the interval " + qualifier, qualifier.getParserPosition());
    }
  }

  static void type(SqlDataTypeSpec spec) {
    SqlTypeNameSpec name = spec.getTypeNameSpec();
    boolean known =
        spec.getTimeZone() == null
            && (name instanceof SqlBasicTypeNameSpec basic
                ? basic.getCharSetName() == null
                    && TYPES.contains(SqlTypeName.get(basic.getTypeName().getSimple()))
                : name instanceof SqlUserDefinedTypeNameSpec named
                    && named.getTypeName().isSimple()
                    && NAMED_TYPES.contains(
                        named.getTypeName().getSimple().toLowerCase(Locale.ROOT)));
    if (!known) {
      throw Refusals.notAllowed("the type " + spec, spec.getParserPosition());
    }
  }

  /** What to call a node in a refusal. */
  static String describe(SqlNode node) {
    return node.getKind().lowerName.replace('_', ' ').toUpperCase(Locale.ROOT);
  }
}
