// Partial ISO dates (2025, 2025-01, 2025-01-21) as numbers of days, and as people read them.

const DAY = 86_400_000;
const PARTS = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Return the first or the last day that a partial date may mean; NaN for what is no date. */
export function dayOf(date: string | null, last = false): number {
  const parts = date ? PARTS.exec(date) : null;
  if (!parts) return NaN;
  const year = Number(parts[1]);
  const month = parts[2] ? Number(parts[2]) : last ? 12 : 1;
  if (month < 1 || month > 12) return NaN;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = parts[3] ? Number(parts[3]) : last ? length : 1;
  return day < 1 || day > length ? NaN : Date.UTC(year, month - 1, day) / DAY;
}

export function isoOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Return "21 Jan 2025", "Jan 2025" or "2025", as exact as the date is. */
export function readable(date: string | null, lang: string): string {
  const parts = date ? PARTS.exec(date) : null;
  if (!date || !parts || Number.isNaN(dayOf(date))) return date ?? "";
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric" };
  if (parts[2]) options.month = "short";
  if (parts[3]) options.day = "numeric";
  return formatter(lang, options).format(dayOf(date) * DAY);
}

const known = new Map<string, Intl.DateTimeFormat>();

function formatter(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  const found = known.get(key) ?? new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options);
  known.set(key, found);
  return found;
}
