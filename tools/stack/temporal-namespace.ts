import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { TICKET_SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { PlainFailure } from '../plain-failure.mjs';

/** Closed tickets stay in Temporal's pages this long; a development server keeps them a day. */
const RETENTION_DAYS = 400;

/** The numbers by which the server's protocol names the types (temporal.api.enums.v1.IndexedValueType). */
const INDEXED_VALUE_TYPE = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 };

/** True once the server answers for the namespace. */
export async function temporalAnswers(address: string, namespace: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 2_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

/**
 * Registers what tickets are searched by; with a server of our own, also lengthens its retention. Safe to repeat. A
 * server of somebody else's may be away or refuse: that is told in a sentence.
 */
export async function prepareNamespace(server: { address: string; namespace: string; isOurs: boolean }): Promise<void> {
  const { address, namespace } = server;
  const connection = await Connection.connect({ address }).catch((error: Error) => {
    throw new PlainFailure(`Temporal does not answer at ${address} (TEMPORAL_ADDRESS): ${error.message}.`);
  });
  try {
    await registerSearchAttributes(connection, namespace);
    if (server.isOurs) {
      await connection.workflowService.updateNamespace({
        namespace,
        config: { workflowExecutionRetentionTtl: msToTs(RETENTION_DAYS * 86_400_000) },
      });
    }
  } finally {
    await connection.close();
  }
}

async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = TICKET_SEARCH_ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
    if (missing.length === 0) return;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, INDEXED_VALUE_TYPE[type]])),
    });
  } catch (error) {
    const wanted = TICKET_SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} (${type})`).join(', ');
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainFailure(
      `The search attributes of tickets cannot be registered with the namespace ${namespace} (${reason}). Have them registered there: ${wanted}.`,
    );
  }
}
