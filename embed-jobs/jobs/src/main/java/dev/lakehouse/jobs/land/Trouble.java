package dev.lakehouse.jobs.land;

/**
 * A writer cannot go on with a topic.
 *
 * @param code as in {@link dev.lakehouse.schemas.event.LandingStatus}
 * @param reason for the operator
 * @param passing whether trying again may help; if not, the dataset stops
 */
public record Trouble(String topic, String code, String reason, boolean passing) implements Landed {
  private static final long serialVersionUID = 1L;
}
