package telemetry

import (
	"context"
	"fmt"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

const scope = "github.com/reportedly/reportedly"

// SendTraces sends spans to an OTLP endpoint ("http://localhost:4318") until
// stop is called; an empty endpoint sends nothing.
func SendTraces(ctx context.Context, endpoint, version string) (stop func(context.Context) error, err error) {
	if endpoint == "" {
		return func(context.Context) error { return nil }, nil
	}
	exp, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimSuffix(endpoint, "/")+"/v1/traces"))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	p := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp), sdktrace.WithResource(resource.NewSchemaless(
		attribute.String("service.name", "reportedly"), attribute.String("service.version", version))))
	otel.SetTracerProvider(p)
	return p.Shutdown, nil
}

// Span notes a piece of work; end closes it with what went wrong, if anything.
func Span(ctx context.Context, name string) (_ context.Context, end func(error)) {
	ctx, s := otel.Tracer(scope).Start(ctx, name)
	return ctx, func(err error) {
		if err != nil {
			s.SetStatus(codes.Error, "failed") // the text of an error may name people
		}
		s.End()
	}
}
