import type { Random } from "./random.ts";

const moods = [
  "Weekly",
  "Monthly",
  "Daily",
  "Regional",
  "Executive",
  "Detailed",
  "Historic",
  "Live",
  "Partner",
  "Internal",
] as const;

const topics = [
  "Sales",
  "Churn",
  "Pipeline",
  "Inventory",
  "Margin",
  "Headcount",
  "Marketing Spend",
  "Web Traffic",
  "Support Tickets",
  "Deliveries",
  "Subscriptions",
  "Returns",
  "Cash Flow",
  "Forecast",
  "Suppliers",
  "Campaigns",
  "Retention",
  "Quality",
  "Orders",
  "Invoices",
] as const;

/** Unusual names that users and programs create. */
const hostile = [
  "Sales - EU",
  "Sales/EU",
  "売上 レポート",
  "Отчёт",
  "تقرير المبيعات",
  "📈 Revenue 🚀",
  "Cafe\u0301 (NFD)",
  "Café (NFC)",
  "<script>alert(1)</script>",
  "'; drop table users; --",
  "\"quoted\" & 'quoted'",
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "{{template}} $value %s",
  "back\\slash and [brackets]",
  "trailing space ",
  " leading space",
  "tab\tand\nline break",
  "zero\u200bwidth",
  "right\u202eto left",
  "***",
  "null",
  "a.b.c",
  "x".repeat(300),
  "*",
] as const;

const workspaces = [
  "Sales",
  "Sales EU",
  "Finance",
  "Marketing",
  "Operations",
  "Product",
  "Analytics",
] as const;
const folders = ["Dashboards", "Reports", "Archive 2024", "Team", "Data"] as const;
const subfolders = ["EMEA", "AMER", "Drafts", "Board"] as const;
const hostileFolders = ["R&D [secret]", "Köln – Büro", "a.b", "50%", "日本"] as const;

export interface NameOptions {
  /** Suffix for the kind, for names that must not collide with other kinds. */
  readonly suffix: string;
  readonly index: number;
  /** Whether names may be unusual or equal those of other objects. */
  readonly mayCollide: boolean;
}

export function documentName(random: Random, { suffix, index, mayCollide }: NameOptions): string {
  const plain = `${random.pick(moods)} ${random.pick(topics)}`;
  const unique = `${suffix}${index + 1}`;
  const isHostile = random.chance(10);
  if (isHostile) return mayCollide ? random.pick(hostile) : `${random.pick(hostile)} ${unique}`;
  return mayCollide && random.chance(15) ? plain : `${plain} ${unique}`;
}

/** Folder names, outermost first, joined with `/`. */
export function folderPath(random: Random, options: { readonly mayBeHostile: boolean }): string {
  const names: string[] = [random.pick(workspaces)];
  if (random.chance(70)) names.push(random.pick(folders));
  if (names.length > 1 && random.chance(30)) names.push(random.pick(subfolders));
  if (options.mayBeHostile && random.chance(10)) names.push(random.pick(hostileFolders));
  return names.join("/");
}

const firstNames = ["Ada", "Bela", "Chidi", "Dara", "Emre", "Fen", "Gita", "Hana", "Ivo", "Jun"] as const;
const lastNames = ["Okafor", "Lindqvist", "Moreau", "Tanaka", "Novák", "Silva", "O'Brien", "Kaya"] as const;

export function personName(random: Random): string {
  return `${random.pick(firstNames)} ${random.pick(lastNames)}`;
}

/** A display name for a computed column. */
export function columnTitle(random: Random, options: { readonly mayBeHostile: boolean }): string {
  const what = ["Amount", "Rate", "Count", "Label", "Month", "Flag", "Score", "Total"] as const;
  const which = ["Net", "Gross", "First", "Last", "Adjusted", "Average", "Rolling", "Target"] as const;
  if (options.mayBeHostile && random.chance(8)) {
    return random.pick(["Net/Gross", "a]b", "[x]", "back\\slash", "Größe €", "100 %", "A / B \\ C", '"q"']);
  }
  return `${random.pick(which)} ${random.pick(what)}`;
}
