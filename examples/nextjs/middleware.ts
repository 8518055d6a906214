import { type NextRequest, NextResponse } from "next/server";
import { sessionOf } from "./lib/session";

/** At the edge: whoever may not see reports does not get as far as the page. */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const session = await sessionOf(request.cookies.get("person")?.value);
  if (session.can("report:view")) return NextResponse.next();
  return new NextResponse("You may not see reports.", { status: 403 });
}

export const config = { matcher: "/reports/:path*" };
