// The Worker of a page in the preview: listens for changes and passes them on.
//
// To the page: "reload", "style", or "gone" once psychoed was restarted and knows this page no more.
// From the page: "hide" and "show", so that pages in the background hold no connection.
'use strict';

const address = '/_psychoed/reload' + self.location.search;
const shortest = 250;
const longest = 5000;

let stream = null;
let timer = 0;
let wait = shortest;
let hidden = false;

function open() {
  close();
  stream = new EventSource(address);
  stream.onopen = () => { wait = shortest; };
  stream.onmessage = (event) => {
    if (event.data === 'reload' || event.data === 'style') self.postMessage(event.data);
  };
  stream.onerror = later;
}

function close() {
  clearTimeout(timer);
  if (stream) stream.close();
  stream = null;
}

function later() {
  close();
  if (hidden) return;
  timer = setTimeout(again, wait);
  wait = Math.min(wait * 2, longest);
}

// An EventSource does not say why it failed, so ask first.
async function again() {
  let status = 0;
  try {
    status = (await fetch(address, { method: 'HEAD', cache: 'no-store' })).status;
  } catch {
    // Nobody is there yet.
  }
  if (hidden) return;
  if (status === 200) open();
  else if (status === 403) self.postMessage('gone');
  else later();
}

self.onmessage = (event) => {
  if (event.data === 'hide') {
    hidden = true;
    close();
  } else if (event.data === 'show') {
    hidden = false;
    open();
  }
};

open();
