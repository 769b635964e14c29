package dev.lakehouse.local.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.local.client.Answers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lakehouse datasets create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Declares a dataset before its first record.",
    footer = {
      "",
      "Example:",
      "  lakehouse datasets create orders --column id:bigint --column day:date \\",
      "    --column 'price:decimal(10,2)' --key id --partition 'id:bucket[16]'"
    })
public final class DatasetCreateCommand implements Callable<Integer> {
  @Mixin ClientOptions server = new ClientOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The dataset.")
  @Nullable String name;

  @Option(
      names = "--column",
      paramLabel = "NAME:TYPE",
      description = "A column; TYPE as `datasets show` names it. Once for each, in order.")
  List<String> columns = List.of();

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "A key column: a record replaces the row of its key.")
  List<String> keys = List.of();

  @Option(
      names = "--partition",
      paramLabel = "COLUMN:TRANSFORM",
      description =
          "What files are parted by; TRANSFORM is identity, year, month, day, hour, bucket[n] or"
              + " truncate[n].")
  List<String> partitions = List.of();

  @Option(
      names = "--sort",
      paramLabel = "COLUMN[:asc|desc]",
      description = "What rows are sorted by in a file.")
  List<String> sorts = List.of();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Reads all of it from a JSON file, as POST /catalog/datasets takes it.")
  @Nullable Path file;

  @Spec CommandSpec spec;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Declaration(
      @Nullable String name,
      List<Column> columns,
      List<String> keys,
      List<Partition> partitions,
      List<Sort> sortOrder) {}

  private record Column(String name, String type) {}

  private record Partition(String column, String transform) {}

  private record Sort(String column, String direction) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Answers.Declared made = server.client().declare(file == null ? said() : read(file));
    out.println("lake." + made.name() + " is declared; its records go to topic " + made.topic());
    out.flush();
    return ExitCode.OK;
  }

  private byte[] read(Path from) throws IOException {
    if (name != null || !columns.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--from says all of it; leave the name and the other options out");
    }
    if (!Files.isReadable(from)) {
      throw new ParameterException(spec.commandLine(), from + " cannot be read");
    }
    return Files.readAllBytes(from);
  }

  private byte[] said() throws IOException {
    if (name == null || columns.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "a dataset needs a NAME and one --column at least, or --from FILE");
    }
    List<Column> declared = new ArrayList<>();
    for (String column : columns) {
      String[] parts = parts(column, "--column");
      declared.add(new Column(parts[0], parts[1]));
    }
    List<Partition> parted = new ArrayList<>();
    for (String partition : partitions) {
      String[] parts = parts(partition, "--partition");
      parted.add(new Partition(parts[0], parts[1]));
    }
    List<Sort> sorted = new ArrayList<>();
    for (String sort : sorts) {
      boolean told = sort.endsWith(":asc") || sort.endsWith(":desc");
      String[] parts = told ? parts(sort, "--sort") : new String[] {sort, "asc"};
      sorted.add(new Sort(parts[0], parts[1]));
    }
    return new ObjectMapper()
        .writeValueAsBytes(new Declaration(name, declared, keys, parted, sorted));
  }

  /** What is before the last colon, and behind it; a column's own name may have some. */
  private String[] parts(String said, String option) {
    int colon = said.lastIndexOf(':');
    if (colon < 1 || colon == said.length() - 1) {
      throw new ParameterException(
          spec.commandLine(), option + " '" + said + "' has no two parts with a colon between");
    }
    return new String[] {said.substring(0, colon), said.substring(colon + 1)};
  }
}
