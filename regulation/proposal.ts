import { assertNever } from './errors.ts';
import type { Frequency, Impact, RequestPart, Severity } from './vocabulary.ts';

/** The level that the impact suggests; a specialist decides (§2.5, reading 18). */
export function proposeSeverity(impact: Impact | null): Severity | null {
  switch (impact) {
    case 'stopped':
      return 1;
    case 'degraded':
      return 2;
    case 'minor':
    case 'consultation':
      return 3;
    case 'reporting':
      return 4;
    case null:
      return null;
    default:
      return assertNever(impact);
  }
}

/** What a request says of itself, as far as §3.2 asks for it. */
export interface RequestContents {
  steps: string | null;
  frequency: Frequency | null;
  attachments: number;
  fullName: string | null;
  email: string | null;
  phone: string | null;
}

/** What a full request would have and this one has not (§3.2). It is registered all the same. */
export function missingParts(request: RequestContents): RequestPart[] {
  const missing: RequestPart[] = [];
  if (isBlank(request.steps)) missing.push('steps');
  if (request.attachments === 0) missing.push('screenshots');
  if (request.frequency === null) missing.push('frequency');
  if (isBlank(request.phone)) missing.push('phone');
  if (isBlank(request.email)) missing.push('email');
  if (isBlank(request.fullName)) missing.push('full-name');
  return missing;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}
