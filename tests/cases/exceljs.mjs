// A workbook as exceljs reads it: its sheets with their cells and tables, as JSON.
// Usage: node exceljs.mjs FILE
import ExcelJS from 'exceljs';

// JSON has no times, and a formula is not the text of it.
function told(value) {
    if (value instanceof Date)
        return { time: value.toISOString() };
    if (value?.formula)
        return { formula: `=${value.formula}`, result: value.result };
    return value;
}

function cellsOf(sheet) {
    const cells = {};
    sheet.eachRow((row) => row.eachCell((cell) => {
        if (cell.type !== ExcelJS.ValueType.Merge)
            cells[cell.address] = told(cell.value);
    }));
    return cells;
}

const tableOf = ({ table }) => ({
    name: table.displayName,
    ref: table.tableRef,
    filter: table.autoFilterRef,
    totals: table.totalsRow,
    columns: table.columns.map((column) => column.name),
});

const book = new ExcelJS.Workbook();
await book.xlsx.readFile(process.argv[2]);
console.log(JSON.stringify(book.worksheets.map((sheet) => ({
    name: sheet.name,
    cells: cellsOf(sheet),
    tables: sheet.getTables().map(tableOf),
    filter: sheet.autoFilter ?? null,
    merged: sheet.model.merges,
    frozen: sheet.views[0].ySplit ?? 0,
}))));
