// The front of a forum: pages of topics and posts, put together from what Parse Server answers over a few kept connections.
const express = require('express');
const http = require('node:http');
const behind = Number(process.env.BEHIND);
const agent = new http.Agent({ keepAlive: true, maxSockets: Number(process.env.SOCKETS) });

function find(token, query) {
  const path = '/parse/classes/Post?' + new URLSearchParams(query);
  const headers = { 'X-Parse-Application-Id': 'field', 'X-Parse-REST-API-Key': 'field-rest', 'X-Parse-Session-Token': token };
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port: behind, path, headers, agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${answer.statusCode} ${text}`));
      });
    });
    request.on('error', reject);
  });
}

const app = express();
app.get('/health', (_, response) => response.send('ok'));

// a topic's newest posts, and how many there are
app.get('/topics/:topic', async (request, response) => {
  const where = JSON.stringify({ topic: { __type: 'Pointer', className: 'Topic', objectId: request.params.topic } });
  const [posts, counted] = await Promise.all([
    find(request.query.token, { where, order: '-number', limit: 10, include: 'topic' }),
    find(request.query.token, { where, limit: 0, count: 1 }),
  ]);
  response.json({ count: counted.count, posts: posts.results.map(({ objectId, title, number }) => ({ objectId, title, number })) });
});

// a post and the one after it
app.get('/posts/:number', async (request, response) => {
  const number = Number(request.params.number);
  const [post] = (await find(request.query.token, { where: JSON.stringify({ number }), limit: 1, include: 'topic' })).results;
  const [next] = (await find(request.query.token, { where: JSON.stringify({ number: number + 1 }), limit: 1 })).results;
  response.json({ post, next: next?.objectId });
});

app.listen(Number(process.env.PORT), '127.0.0.1');
