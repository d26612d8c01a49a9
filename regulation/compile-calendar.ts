import type { CalendarDefinition } from './calendar-definition.ts';
import type { CompiledCalendar } from './working-calendar.ts';

export function compileCalendar(
  definition: CalendarDefinition,
  options: { version: number; from?: string; to?: string },
): CompiledCalendar {
  throw new Error(`not written yet: ${definition.id} ${options.version}`);
}
