import type { Instant } from '../../regulation/instant.ts';
import type { CompiledCalendar } from '../../regulation/working-calendar.ts';

/**
 * A story is told in fixed wall clocks of Bishkek in 2026, while a workflow lives from now on. Story time is real time
 * moved by a constant, and the calendar is moved with it, so that the story's Monday morning is now.
 */
export class StoryTime {
  readonly #movedMs: number;

  /** @param now the real instant at which the story says `wallClock` */
  constructor(wallClock: string, now: Instant) {
    this.#movedMs = now - told(wallClock);
  }

  /** The real instant of a wall clock of the story: `2026-03-02 09:00`, to seconds or milliseconds where it matters. */
  at(wallClock: string): Instant {
    return told(wallClock) + this.#movedMs;
  }

  /** What the story's wall clock shows at a real instant, to the second; what happens in between took real time. */
  tell(at: Instant): string {
    const shown = new Date(at - this.#movedMs + BISHKEK_MS).toISOString();
    return `${shown.slice(0, 10)} ${shown.slice(11, 19)}`;
  }

  /** The calendar of the story for a workflow that lives now: its offsets still show the story's wall clock. */
  calendar(compiled: CompiledCalendar): CompiledCalendar {
    return {
      ...compiled,
      from: compiled.from + this.#movedMs,
      to: compiled.to + this.#movedMs,
      zone: compiled.zone.map(({ from, offsetMs }) => ({
        from: from + this.#movedMs,
        offsetMs: offsetMs - this.#movedMs,
      })),
    };
  }
}

const BISHKEK_MS = 6 * 3_600_000;

function told(wallClock: string): Instant {
  return Date.parse(`${wallClock.replace(' ', 'T')}+06:00`);
}
