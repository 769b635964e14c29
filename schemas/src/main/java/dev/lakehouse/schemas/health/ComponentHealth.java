package dev.lakehouse.schemas.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The state of one component.
 *
 * @param status whether it does its work
 * @param detail what an operator should know, or null if there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComponentHealth(Status status, @Nullable String detail) {
  /** In order of trouble. */
  public enum Status {
    /** Does its work. */
    @JsonProperty("up")
    UP,
    /** Does part of its work. */
    @JsonProperty("degraded")
    DEGRADED,
    /** Does not do its work. */
    @JsonProperty("down")
    DOWN
  }

  public static ComponentHealth up() {
    return new ComponentHealth(Status.UP, null);
  }

  public static ComponentHealth up(String detail) {
    return new ComponentHealth(Status.UP, detail);
  }

  public static ComponentHealth degraded(String detail) {
    return new ComponentHealth(Status.DEGRADED, detail);
  }

  public static ComponentHealth down(String detail) {
    return new ComponentHealth(Status.DOWN, detail);
  }
}
