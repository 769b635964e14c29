package dev.lakehouse.ingest.format;

/**
 * What a thread says that only waits for a while, so that others may work in its place. Between the
 * two calls it uses next to no processor.
 */
public interface Aside {
  /** Nobody else takes the place. */
  Aside NOBODY =
      new Aside() {
        @Override
        public void step() {}

        @Override
        public void comeBack() {}
      };

  /** Gives the caller's place to others. */
  void step();

  /** Waits for a place and takes it. */
  void comeBack();
}
