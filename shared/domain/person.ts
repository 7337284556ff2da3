/** A person as schedules, incidents and messages name them. */
export interface Person {
  readonly name: string;
  readonly email: string;
}
