"use client";

import { useRouter } from "next/navigation";

/** Who is signed in: what an application does with a form and a password. */
export function SignedIn({ person = "nobody" }: { person?: string }) {
  const router = useRouter();
  const change = (name: string) => {
    document.cookie = `person=${name}; path=/; samesite=lax`;
    router.refresh();
  };
  return (
    <label>
      Signed in as{" "}
      <select defaultValue={person} onChange={({ target }) => change(target.value)}>
        {["nobody", "anna", "mo", "sofie"].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
