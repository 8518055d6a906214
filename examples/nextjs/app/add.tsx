"use client";

import { useCan } from "grantlet/react";
import { useState } from "react";

export function Add() {
  const allowed = useCan("relation:create");
  const [answer, setAnswer] = useState("");
  const add = async () => setAnswer(await (await fetch("/api/relations", { method: "POST" })).text());
  return (
    <>
      <button disabled={!allowed} onClick={add}>Add a relation</button>
      <p role="status">{answer}</p>
    </>
  );
}
