/**
 * An address that can be written into an envelope: one address and nothing else, so that no stranger's name or list of
 * addresses can add a recipient (threats S16).
 */
export function isMailAddress(text: string): boolean {
  if (text.length > 254) return false;
  const at = text.lastIndexOf('@');
  return at > 0 && at <= 64 && /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u.test(text);
}

/** `support@siroca.com` with a tag: `support+tag@siroca.com`. */
export function plusAddress(address: string, tag: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${tag}${address.slice(at)}`;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** An id as RFC 5322 wants it; what does not look like one must not get into a header. */
export function isMessageId(text: string): boolean {
  return text.length <= 250 && /^<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(text);
}
