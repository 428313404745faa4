package example.quzhong;

import example.quzhong.api.workhours.v1.Advisory;

/**
 * One message of the watch: what a platform should do for one of its workers. The latest advice of
 * a finding replaces the earlier ones.
 *
 * @param advisory what to do for whom
 * @param resumeToken store it once the advice is acted upon; a watch that begins with it goes on
 *     with the next one
 */
public record Advised(Advisory advisory, String resumeToken) {}
