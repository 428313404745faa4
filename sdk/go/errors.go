package quzhong

import (
	"errors"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Kind says what sort of error it is, and so what to do next:
//
//	errors.Is(err, quzhong.ErrNotFound)
//
//	*APIError                  the server answered with a status: Code, Reason, Field, ZH
//	├── ErrInvalidArgument         a field is wrong: mend the request
//	├── ErrNotFound                no such thing: check the name
//	├── ErrAlreadyExists           there already, with other content: choose another name
//	├── ErrFailedPrecondition      not in this state: do first what the message says
//	├── ErrConflict                somebody changed it meanwhile: read it again, then decide anew
//	├── ErrUnauthenticated         no or unknown credential: ask the registry for one
//	├── ErrPermissionDenied        known, but may not: ask the registry for the role or the area
//	├── ErrResourceExhausted       too much at once: resent when the server says; or too large: split
//	├── ErrDeadlineExceeded        no answer in time: the call may have had its effect; resending is safe
//	├── ErrUnavailable             cannot be had at the moment: the client resends it by itself
//	└── ErrServer                  any other status: report it with its reason
//	*IdentityError             what a worker is known by cannot be right: Position says where
//	*PseudonymError            no pseudonym could be made
//	├── ErrEvaluationRefused       the registry's answer does not prove itself: report it, use no other
//	└── ErrKeyChanged              a version's public key is another than before: report it
//	*UndeliveredError          batches that got no answer; nothing is lost, they are in Batches
//	ErrClientClosed            the client was used after Close
type Kind string

// Error makes a Kind a target of errors.Is.
func (k Kind) Error() string { return string(k) }

// The kinds, named as in every other language.
const (
	ErrInvalidArgument    Kind = "InvalidArgumentError"
	ErrNotFound           Kind = "NotFoundError"
	ErrAlreadyExists      Kind = "AlreadyExistsError"
	ErrFailedPrecondition Kind = "FailedPreconditionError"
	ErrConflict           Kind = "ConflictError"
	ErrUnauthenticated    Kind = "UnauthenticatedError"
	ErrPermissionDenied   Kind = "PermissionDeniedError"
	ErrResourceExhausted  Kind = "ResourceExhaustedError"
	ErrDeadlineExceeded   Kind = "DeadlineExceededError"
	ErrUnavailable        Kind = "UnavailableError"
	ErrServer             Kind = "ServerError"
	ErrIdentity           Kind = "IdentityError"
	ErrPseudonym          Kind = "PseudonymError"
	ErrEvaluationRefused  Kind = "EvaluationRefusedError"
	ErrKeyChanged         Kind = "KeyChangedError"
	ErrUndelivered        Kind = "UndeliveredError"
	ErrClientClosed       Kind = "ClientClosedError"
)

// TokenEndpointAway is the reason of the ErrUnavailable that is not resent: the token endpoint has been away for too
// long.
const TokenEndpointAway = "TOKEN_ENDPOINT_AWAY"

// APIError is a status the server answered with. Its Kind says what to do next.
type APIError struct {
	Kind Kind
	Code codes.Code
	// Reason is UPPER_SNAKE and stable: what a program decides by. Empty if the server did not say.
	Reason string
	// Field of the request that is wrong, if one is.
	Field string
	// Message in English.
	Message string
	// ZH is the message in Chinese; the English text if the server sent no other.
	ZH string
	// Metadata is what else the server said about it, e.g. the limit that was passed.
	Metadata map[string]string
	// RetryAfter is how long the server asks to wait; 0 if it did not say.
	RetryAfter time.Duration
}

func (e *APIError) Error() string {
	reason := e.Reason
	if reason == "" {
		reason = e.Code.String()
	}
	return reason + ": " + e.Message
}

// Is reports whether the target is this error's kind.
func (e *APIError) Is(target error) bool { return target == error(e.Kind) }

var kinds = map[codes.Code]Kind{
	codes.InvalidArgument:    ErrInvalidArgument,
	codes.NotFound:           ErrNotFound,
	codes.AlreadyExists:      ErrAlreadyExists,
	codes.FailedPrecondition: ErrFailedPrecondition,
	codes.Aborted:            ErrConflict,
	codes.Unauthenticated:    ErrUnauthenticated,
	codes.PermissionDenied:   ErrPermissionDenied,
	codes.ResourceExhausted:  ErrResourceExhausted,
	codes.DeadlineExceeded:   ErrDeadlineExceeded,
	codes.Unavailable:        ErrUnavailable,
}

// FromRPCError is the typed error of a failed call of a generated stub. An *APIError stays what it is.
func FromRPCError(err error) *APIError {
	var known *APIError
	if errors.As(err, &known) {
		return known
	}
	told := status.Convert(err)
	kind, listed := kinds[told.Code()]
	if !listed {
		kind = ErrServer
	}
	typed := &APIError{Kind: kind, Code: told.Code(), Message: told.Message(), Metadata: map[string]string{}}
	for _, detail := range told.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			typed.Reason = detail.GetReason()
			if detail.GetMetadata() != nil {
				typed.Metadata = detail.GetMetadata()
			}
		case *errdetails.BadRequest:
			if violations := detail.GetFieldViolations(); len(violations) > 0 {
				typed.Field = violations[0].GetField()
			}
		case *errdetails.LocalizedMessage:
			typed.ZH = detail.GetMessage()
		case *errdetails.RetryInfo:
			typed.RetryAfter = detail.GetRetryDelay().AsDuration()
		}
	}
	if typed.ZH == "" {
		typed.ZH = typed.Message
	}
	return typed
}

// IdentityError says what is wrong with a number and where, never what was given: it may end up in a log.
type IdentityError struct {
	// Reason is one of CHECK_CHARACTER, LENGTH, CHARACTER, BIRTH_DATE, PHONE_NUMBER, EMPTY.
	Reason string
	// Position of the character that is wrong, from 1, in the number without blanks; 0: the whole of it.
	Position int
	// Message in English, and in Chinese.
	Message, ZH string
}

func (e *IdentityError) Error() string { return "identity: " + e.Message }

// Is reports whether the target is ErrIdentity.
func (e *IdentityError) Is(target error) bool { return target == error(ErrIdentity) }

// PseudonymError says that no pseudonym could be made. Nothing was sent that tells who the worker is.
type PseudonymError struct {
	Kind    Kind
	Message string
}

func (e *PseudonymError) Error() string { return e.Message }

// Is reports whether the target is this error's kind, or ErrPseudonym.
func (e *PseudonymError) Is(target error) bool {
	return target == error(e.Kind) || target == error(ErrPseudonym)
}

// Undelivered is a batch that got no answer.
type Undelivered struct {
	// Batch has the rows, under the request id they were sent with.
	Batch *Batch
	// Err says why it was given up; nil: it was never sent, Close had no time left.
	Err *APIError
}

// UndeliveredError has the batches that got no answer, whole: mend the cause and call Resend, or store their rows and
// add them to another client later (a row that did arrive then counts as a duplicate).
type UndeliveredError struct {
	Batches []Undelivered
}

func (e *UndeliveredError) Error() string {
	rows, cause := 0, "no time was left to send them"
	for _, each := range e.Batches {
		rows += each.Batch.Rows()
		if each.Err != nil {
			cause = each.Err.Error()
		}
	}
	return fmt.Sprintf("%d rows in %d batches were given up and are kept: mend the cause and resend; last: %s",
		rows, len(e.Batches), cause)
}

// Is reports whether the target is ErrUndelivered.
func (e *UndeliveredError) Is(target error) bool { return target == error(ErrUndelivered) }
