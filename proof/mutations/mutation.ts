/** A bug that is planted into the real source, to see that the simulation finds it. */
export interface Mutation {
  readonly name: string;
  /** What the bug is, in a few words. */
  readonly what: string;
  /** From the root of the project. */
  readonly file: string;
  /** Text of the file, which occurs in it once. */
  readonly from: string;
  readonly to: string;
  /** Ids of the invariants by which it may be found; whatever else breaks does not count. */
  readonly breaks: readonly string[];
}
