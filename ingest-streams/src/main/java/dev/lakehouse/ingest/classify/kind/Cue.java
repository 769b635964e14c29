package dev.lakehouse.ingest.classify.kind;

/** What a phrase in a text says about what stands beside it; some are personal by themselves. */
enum Cue {
  /** What only looks like another phrase. */
  NOTHING,

  /** A password stands beside it. */
  PASSWORD,
  /** A key or token stands beside it, which is longer than a password. */
  TOKEN,
  /** A few secret digits stand beside it. */
  PIN,
  /** A few secret digits stand behind it, where something that opens by them is spoken of. */
  CODE,
  /** Something that opens by a code. */
  ACCESS,
  /** A national id or a document's number stands beside it. */
  ID,
  /** A date of birth stands behind it, or right before it. */
  BORN,
  PHONE,
  /** An amount behind it is somebody's pay. */
  PAY,
  /** The same, if it is an amount for a time. */
  PAY_WEAK,
  /** A time for which pay is. */
  PERIOD,
  BLOOD,
  /** What somebody must not eat, breathe or take stands behind it, or else before it. */
  ALLERGY,
  /** An illness stands behind it. */
  SUFFERS,
  /** The same, behind a colon. */
  DIAGNOSIS,
  /** An illness, a treatment or a condition itself. */
  ILLNESS
}
