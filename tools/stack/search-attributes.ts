export type SearchAttributeKind = 'Keyword' | 'Int' | 'Bool' | 'Datetime';

export const SEARCH_ATTRIBUTES: Record<string, SearchAttributeKind> = {
  TicketStatus: 'Keyword',
  Client: 'Keyword',
  Product: 'Keyword',
  Channel: 'Keyword',
  Assignee: 'Keyword',
  Severity: 'Int',
  NextDeadlineAt: 'Datetime',
  Breached: 'Bool',
};
