/** A look came to nothing: that says nothing about the set-up. */
export class CouldNotSee extends Error {
  override readonly name = 'CouldNotSee';
  /** The variable of the key that it would have taken. */
  readonly lacks: string | undefined;

  constructor(why: string, lacks?: string) {
    super(why);
    this.lacks = lacks;
  }
}
