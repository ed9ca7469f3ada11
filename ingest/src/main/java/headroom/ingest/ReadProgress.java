package headroom.ingest;

/** Told how far the reading of a file has come. */
@FunctionalInterface
public interface ReadProgress {
  /**
   * @param bytesRead of the file as it lies on the disk, packed or not
   * @param bytesTotal the file's size when reading began
   */
  void progress(long bytesRead, long bytesTotal);
}
