/** A request that can't be served: what is wrong, and the status that says so. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 404 | 409 | 413 | 415;

  constructor(status: Refusal['status'], message: string) {
    super(message);
    this.status = status;
  }
}
