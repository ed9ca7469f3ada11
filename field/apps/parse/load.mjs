// Fills Parse Server with topics, posts and users; prints the sessions' tokens as a CSV file.
const [base, topics, posts, users] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const headers = { 'X-Parse-Application-Id': 'field', 'X-Parse-REST-API-Key': 'field-rest', 'content-type': 'application/json' };
const words = 'words '.repeat(40);

async function post(path, body) {
  const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Makes COUNT things, eight at a time. */
async function many(count, make) {
  const made = new Array(count);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < count; i = next++) made[i] = await make(i);
  };
  // the first alone: it makes the table
  made[0] = await make(next++);
  await Promise.all(Array.from({ length: 8 }, worker));
  return made;
}

const of = await many(topics, (i) => post('/classes/Topic', { title: `topic ${i}` }));
await many(posts, (i) =>
  post('/classes/Post', {
    title: `post ${i}`,
    number: i,
    votes: 0,
    body: words,
    topic: { __type: 'Pointer', className: 'Topic', objectId: of[i % topics].objectId },
  }),
);
const sessions = await many(users, (i) => post('/users', { username: `user-${i}`, password: `secret-${i}` }));
console.log('token,topic');
sessions.forEach((s, i) => console.log(`${s.sessionToken},${of[i % topics].objectId}`));
