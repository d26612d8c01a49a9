import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../regulation/instant.ts';
import type { Ticket } from '../regulation/ticket.ts';
import { comparable, searchAttributesOf } from './search-attributes.ts';

/** The search attributes as the server has them. Writing one costs an event and an action, so only changes are written. */
export class ShownAttributes {
  readonly #shown = new Map<string, string>();

  constructor() {
    for (const { key, value } of workflowInfo().typedSearchAttributes.getAll()) {
      this.#shown.set(key.name, comparable(value));
    }
  }

  show(ticket: Ticket, nextDeadlineAt: Instant | null): void {
    const changed = searchAttributesOf(ticket, nextDeadlineAt).filter(
      ({ key, value }) => this.#shown.get(key.name) !== (value === null ? undefined : comparable(value)),
    );
    if (changed.length === 0) return;
    upsertSearchAttributes(changed);
    for (const { key, value } of changed) {
      if (value === null) this.#shown.delete(key.name);
      else this.#shown.set(key.name, comparable(value));
    }
  }
}
