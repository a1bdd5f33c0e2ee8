// The weekly report as a JavaScript programmer would write it: fetch and the streaming writer of exceljs.
// Usage: node peer.mjs BASE_URL DIRECTORY
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import ExcelJS from 'exceljs';

const CONNECTIONS = 8;
const DAY_S = 86400;
const BOUNDS = [1, 7, 30, 90, 180, 365];
const COLUMNS = ['id', 'name', 'email', 'phone_number', 'identifier', 'company_name', 'city', 'country',
    'country_code', 'availability_status', 'blocked', 'inboxes', 'labels', 'created_at', 'last_activity_at',
    'telegram', 'description', 'github', 'twitter', 'facebook', 'linkedin', 'instagram', 'thumbnail'];

async function readPage(baseUrl, number) {
    const query = new URLSearchParams({
        page: number, sort: 'created_at', direction: 'asc', include_contact_inboxes: true,
    });
    const authorization = `Basic ${btoa('sandbox-key:sandbox-secret')}`;
    const answer = await fetch(`${baseUrl}/api/v2/accounts/contacts?${query}`, { headers: { authorization } });
    if (!answer.ok)
        throw new Error(`page ${number}: status ${answer.status}`);
    return answer.json();
}

async function readContacts(baseUrl) {
    const first = await readPage(baseUrl, 1);
    const pages = [first.payload];
    const count = Math.ceil(first.meta.count / Math.max(first.payload.length, 1));
    let next = 2;
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
        while (next <= count) {
            const number = next++;
            pages[number - 1] = (await readPage(baseUrl, number)).payload;
        }
    }));
    const byId = new Map(pages.flat().map((contact) => [contact.id, contact]));
    return [...byId.values()].sort((left, right) => left.id - right.id);
}

const inboxesOf = (contact) =>
    new Map((contact.contact_inboxes ?? []).map(({ inbox }) => [inbox.id, inbox.name]));

// The contact as an object with a member for each column; times are Date objects.
function flatten(contact) {
    const more = contact.additional_attributes ?? {};
    const row = { ...more.social_profiles, ...more, ...contact };
    row.id = String(contact.id);
    row.inboxes = [...inboxesOf(contact).values()].join('; ');
    for (const key of ['created_at', 'last_activity_at'])
        row[key] = contact[key] ? new Date(contact[key] * 1000) : null;
    for (const [key, value] of Object.entries(contact.custom_attributes ?? {}))
        row[`custom.${key}`] = value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
    return row;
}

function activityOf(contact, asOf) {
    if (!contact.last_activity_at)
        return 'never';
    const days = (asOf - contact.last_activity_at) / DAY_S;
    const bound = BOUNDS.find((each) => days <= each);
    return bound === undefined ? `>${BOUNDS.at(-1)}d` : `<=${bound}d`;
}

function count(counts, key) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
}

function tally(contacts, asOf) {
    const tallies = { countries: new Map(), companies: new Map(), inboxes: new Map(), activity: new Map() };
    for (const contact of contacts) {
        const more = contact.additional_attributes ?? {};
        count(tallies.countries, more.country_code?.toUpperCase() || more.country || 'unknown');
        count(tallies.companies, more.company_name?.trim().toLowerCase() || 'no company');
        const inboxes = [...inboxesOf(contact).values()];
        for (const name of inboxes.length ? inboxes : ['no inbox'])
            count(tallies.inboxes, name);
        count(tallies.activity, activityOf(contact, asOf));
    }
    return Object.entries(tallies).map(([name, counts]) =>
        [name, [...counts].sort((left, right) => right[1] - left[1])]);
}

function csvField(value) {
    if (value === null || value === undefined)
        return '';
    const text = value instanceof Date ? value.toISOString() : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function writeCsv(path, header, rows) {
    const file = createWriteStream(path);
    file.write(`${header.join(',')}\r\n`);
    for (const row of rows) {
        if (!file.write(`${row.map(csvField).join(',')}\r\n`))
            await once(file, 'drain');
    }
    file.end();
    await once(file, 'finish');
}

async function writeWorkbook(path, columns, rows, tallies, total) {
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true });
    for (const [name, groups] of tallies) {
        const sheet = workbook.addWorksheet(name);
        sheet.addRow(['Name', 'Contacts', 'Share']).commit();
        for (const [group, contacts] of groups)
            sheet.addRow([group, contacts, contacts / total]).commit();
        sheet.commit();
    }
    const sheet = workbook.addWorksheet('Contacts', { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map((key) =>
        ({ key, width: 20, style: key.endsWith('_at') ? { numFmt: 'yyyy-mm-dd hh:mm:ss' } : {} }));
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: total + 1, column: columns.length } };
    sheet.addRow(columns).commit();
    let written = 0;
    for (const row of rows) {
        sheet.addRow(row.map((value) => (value === '' ? null : value))).commit();
        if (++written % 1000 === 0) // what was committed can go to the disk
            await new Promise(setImmediate);
    }
    sheet.commit();
    await workbook.commit();
}

const [baseUrl, folder] = process.argv.slice(2);
const asOf = Date.now() / 1000;
mkdirSync(folder, { recursive: true });
const contacts = await readContacts(baseUrl);
const customKeys = new Set(contacts.flatMap((contact) => Object.keys(contact.custom_attributes ?? {})));
const columns = [...COLUMNS, ...[...customKeys].sort().map((key) => `custom.${key}`)];
const tallies = tally(contacts, asOf);

function* rows() {
    for (const contact of contacts) {
        const row = flatten(contact);
        yield columns.map((column) => (column === 'labels' ? null : row[column]));
    }
}

await writeCsv(`${folder}/contacts.csv`, columns, rows());
for (const [name, groups] of tallies)
    await writeCsv(`${folder}/${name}.csv`, ['name', 'contacts', 'share'],
                   groups.map(([group, n]) => [group, n, n / contacts.length]));
await writeWorkbook(`${folder}/contacts.xlsx`, columns, rows(), tallies, contacts.length);
