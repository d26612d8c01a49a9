import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { TICKET_SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';

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
 * server of somebody else's may refuse, and then says so.
 */
export async function prepareNamespace(server: { address: string; namespace: string; isOurs: boolean }): Promise<void> {
  const { address, namespace } = server;
  const connection = await Connection.connect({ address });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = TICKET_SEARCH_ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
    if (missing.length > 0) {
      await connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, INDEXED_VALUE_TYPE[type]])),
      });
    }
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
