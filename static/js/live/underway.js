// Answers on their way over one connection. TCP itself sends again what was lost, so a second copy over the same
// connection brings nothing; where the server reads both together, the first would get the arrival time of the second.
export class Underway {
  #acknowledgements = new Map();

  // send() -> Promise of the acknowledgement. The same for one that is on its way; rejects after `milliseconds`.
  once(id, send, milliseconds, timer = (run, wait) => setTimeout(run, wait)) {
    if (!this.#acknowledgements.has(id)) {
      const acknowledgement = send().finally(() => {
        if (this.#acknowledgements.get(id) === acknowledgement) this.#acknowledgements.delete(id);
      });
      acknowledgement.catch(() => {});
      this.#acknowledgements.set(id, acknowledgement);
    }
    const patience = new Promise((_, reject) => timer(() => reject(new Error("no acknowledgement yet")), milliseconds));
    return Promise.race([this.#acknowledgements.get(id), patience]);
  }

  // the connection is gone: what was on its way may be lost
  forget() { this.#acknowledgements.clear(); }
}
