/** Something outside this program that a person can mend, told in one plain sentence and shown without a stack trace. */
export class PlainFailure extends Error {
  /** @override */
  name = 'PlainFailure';
}
