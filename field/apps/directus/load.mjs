// Makes two collections in Directus, articles and their authors, and fills them.
const [base, articles] = [process.argv[2], Number(process.argv[3])];
const headers = { authorization: 'Bearer field', 'content-type': 'application/json' };

async function post(path, body) {
  const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

const id = { field: 'id', type: 'integer', meta: { hidden: true }, schema: { is_primary_key: true, has_auto_increment: true } };
await post('/collections', { collection: 'authors', schema: {}, meta: {}, fields: [id, { field: 'name', type: 'string' }] });
await post('/collections', {
  collection: 'articles', schema: {}, meta: {},
  fields: [id, { field: 'title', type: 'string' }, { field: 'text', type: 'text' }, { field: 'reads', type: 'integer' },
    { field: 'author', type: 'integer' }],
});
await post('/relations', { collection: 'articles', field: 'author', related_collection: 'authors', schema: {} });
await post('/items/authors', Array.from({ length: 50 }, (_, i) => ({ name: `author ${i + 1}` })));
for (let i = 0; i < articles; i += 200) {
  await post('/items/articles', Array.from({ length: Math.min(200, articles - i) }, (_, j) => ({
    title: `article ${i + j + 1}`, text: 'words '.repeat(60), reads: 0, author: ((i + j) % 50) + 1 })));
}
