/** An address under the base that the company is reached at; a base may end with a slash or without one. */
export function publicAddress(publicUrl: string, path: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/${path}`;
}

/** Where staff find a ticket: in letters to them, and in the Temporal UI. */
export function ticketAddress(publicUrl: string, ticketNumber: number): string {
  return publicAddress(publicUrl, `v1/tickets/${ticketNumber}`);
}
