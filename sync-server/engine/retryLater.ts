/** Thrown by a job's handler that cannot do its work yet: the job comes again at `at`, and this attempt does not count. */
export class RetryLater extends Error {
  /** Milliseconds since the epoch. */
  readonly at: number;

  constructor(at: number, message = 'not now') {
    super(message);
    this.name = 'RetryLater';
    this.at = at;
  }
}
