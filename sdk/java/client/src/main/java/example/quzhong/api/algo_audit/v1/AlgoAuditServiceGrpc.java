package example.quzhong.api.algo_audit.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Declared thresholds against the middle of what is done.
 * Unions, partner firms and associations are told of the periods of one calendar only (whole months, unless the city
 * declares weeks or days), two days after their end, and of one state of the data: PERIOD_NOT_PUBLIC, PERIOD_NOT_OVER,
 * PERIOD_TOLD_BEFORE. Audits of other periods do not exist for them.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AlgoAuditServiceGrpc {

  private AlgoAuditServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.algo_audit.v1.AlgoAuditService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListMetricsRequest,
      example.quzhong.api.algo_audit.v1.ListMetricsResponse> getListMetricsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListMetrics",
      requestType = example.quzhong.api.algo_audit.v1.ListMetricsRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.ListMetricsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListMetricsRequest,
      example.quzhong.api.algo_audit.v1.ListMetricsResponse> getListMetricsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListMetricsRequest, example.quzhong.api.algo_audit.v1.ListMetricsResponse> getListMetricsMethod;
    if ((getListMetricsMethod = AlgoAuditServiceGrpc.getListMetricsMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getListMetricsMethod = AlgoAuditServiceGrpc.getListMetricsMethod) == null) {
          AlgoAuditServiceGrpc.getListMetricsMethod = getListMetricsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.ListMetricsRequest, example.quzhong.api.algo_audit.v1.ListMetricsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListMetrics"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListMetricsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListMetricsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("ListMetrics"))
              .build();
        }
      }
    }
    return getListMetricsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.RunAuditRequest,
      example.quzhong.api.algo_audit.v1.RunAuditResponse> getRunAuditMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RunAudit",
      requestType = example.quzhong.api.algo_audit.v1.RunAuditRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.RunAuditResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.RunAuditRequest,
      example.quzhong.api.algo_audit.v1.RunAuditResponse> getRunAuditMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.RunAuditRequest, example.quzhong.api.algo_audit.v1.RunAuditResponse> getRunAuditMethod;
    if ((getRunAuditMethod = AlgoAuditServiceGrpc.getRunAuditMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getRunAuditMethod = AlgoAuditServiceGrpc.getRunAuditMethod) == null) {
          AlgoAuditServiceGrpc.getRunAuditMethod = getRunAuditMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.RunAuditRequest, example.quzhong.api.algo_audit.v1.RunAuditResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RunAudit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.RunAuditRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.RunAuditResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("RunAudit"))
              .build();
        }
      }
    }
    return getRunAuditMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.StartAuditRequest,
      com.google.longrunning.Operation> getStartAuditMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StartAudit",
      requestType = example.quzhong.api.algo_audit.v1.StartAuditRequest.class,
      responseType = com.google.longrunning.Operation.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.StartAuditRequest,
      com.google.longrunning.Operation> getStartAuditMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.StartAuditRequest, com.google.longrunning.Operation> getStartAuditMethod;
    if ((getStartAuditMethod = AlgoAuditServiceGrpc.getStartAuditMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getStartAuditMethod = AlgoAuditServiceGrpc.getStartAuditMethod) == null) {
          AlgoAuditServiceGrpc.getStartAuditMethod = getStartAuditMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.StartAuditRequest, com.google.longrunning.Operation>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StartAudit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.StartAuditRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.google.longrunning.Operation.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("StartAudit"))
              .build();
        }
      }
    }
    return getStartAuditMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetAuditRequest,
      example.quzhong.api.algo_audit.v1.GetAuditResponse> getGetAuditMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAudit",
      requestType = example.quzhong.api.algo_audit.v1.GetAuditRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.GetAuditResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetAuditRequest,
      example.quzhong.api.algo_audit.v1.GetAuditResponse> getGetAuditMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetAuditRequest, example.quzhong.api.algo_audit.v1.GetAuditResponse> getGetAuditMethod;
    if ((getGetAuditMethod = AlgoAuditServiceGrpc.getGetAuditMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getGetAuditMethod = AlgoAuditServiceGrpc.getGetAuditMethod) == null) {
          AlgoAuditServiceGrpc.getGetAuditMethod = getGetAuditMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.GetAuditRequest, example.quzhong.api.algo_audit.v1.GetAuditResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAudit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetAuditRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetAuditResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("GetAudit"))
              .build();
        }
      }
    }
    return getGetAuditMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListAuditsRequest,
      example.quzhong.api.algo_audit.v1.ListAuditsResponse> getListAuditsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAudits",
      requestType = example.quzhong.api.algo_audit.v1.ListAuditsRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.ListAuditsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListAuditsRequest,
      example.quzhong.api.algo_audit.v1.ListAuditsResponse> getListAuditsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListAuditsRequest, example.quzhong.api.algo_audit.v1.ListAuditsResponse> getListAuditsMethod;
    if ((getListAuditsMethod = AlgoAuditServiceGrpc.getListAuditsMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getListAuditsMethod = AlgoAuditServiceGrpc.getListAuditsMethod) == null) {
          AlgoAuditServiceGrpc.getListAuditsMethod = getListAuditsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.ListAuditsRequest, example.quzhong.api.algo_audit.v1.ListAuditsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAudits"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListAuditsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListAuditsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("ListAudits"))
              .build();
        }
      }
    }
    return getListAuditsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.WatchAuditsRequest,
      example.quzhong.api.algo_audit.v1.WatchAuditsResponse> getWatchAuditsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchAudits",
      requestType = example.quzhong.api.algo_audit.v1.WatchAuditsRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.WatchAuditsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.WatchAuditsRequest,
      example.quzhong.api.algo_audit.v1.WatchAuditsResponse> getWatchAuditsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.WatchAuditsRequest, example.quzhong.api.algo_audit.v1.WatchAuditsResponse> getWatchAuditsMethod;
    if ((getWatchAuditsMethod = AlgoAuditServiceGrpc.getWatchAuditsMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getWatchAuditsMethod = AlgoAuditServiceGrpc.getWatchAuditsMethod) == null) {
          AlgoAuditServiceGrpc.getWatchAuditsMethod = getWatchAuditsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.WatchAuditsRequest, example.quzhong.api.algo_audit.v1.WatchAuditsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchAudits"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.WatchAuditsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.WatchAuditsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("WatchAudits"))
              .build();
        }
      }
    }
    return getWatchAuditsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetWhatIfRequest,
      example.quzhong.api.algo_audit.v1.GetWhatIfResponse> getGetWhatIfMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWhatIf",
      requestType = example.quzhong.api.algo_audit.v1.GetWhatIfRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.GetWhatIfResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetWhatIfRequest,
      example.quzhong.api.algo_audit.v1.GetWhatIfResponse> getGetWhatIfMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetWhatIfRequest, example.quzhong.api.algo_audit.v1.GetWhatIfResponse> getGetWhatIfMethod;
    if ((getGetWhatIfMethod = AlgoAuditServiceGrpc.getGetWhatIfMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getGetWhatIfMethod = AlgoAuditServiceGrpc.getGetWhatIfMethod) == null) {
          AlgoAuditServiceGrpc.getGetWhatIfMethod = getGetWhatIfMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.GetWhatIfRequest, example.quzhong.api.algo_audit.v1.GetWhatIfResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWhatIf"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetWhatIfRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetWhatIfResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("GetWhatIf"))
              .build();
        }
      }
    }
    return getGetWhatIfMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetFrontierRequest,
      example.quzhong.api.algo_audit.v1.GetFrontierResponse> getGetFrontierMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetFrontier",
      requestType = example.quzhong.api.algo_audit.v1.GetFrontierRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.GetFrontierResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetFrontierRequest,
      example.quzhong.api.algo_audit.v1.GetFrontierResponse> getGetFrontierMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetFrontierRequest, example.quzhong.api.algo_audit.v1.GetFrontierResponse> getGetFrontierMethod;
    if ((getGetFrontierMethod = AlgoAuditServiceGrpc.getGetFrontierMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getGetFrontierMethod = AlgoAuditServiceGrpc.getGetFrontierMethod) == null) {
          AlgoAuditServiceGrpc.getGetFrontierMethod = getGetFrontierMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.GetFrontierRequest, example.quzhong.api.algo_audit.v1.GetFrontierResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetFrontier"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetFrontierRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetFrontierResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("GetFrontier"))
              .build();
        }
      }
    }
    return getGetFrontierMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListBaselinesRequest,
      example.quzhong.api.algo_audit.v1.ListBaselinesResponse> getListBaselinesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListBaselines",
      requestType = example.quzhong.api.algo_audit.v1.ListBaselinesRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.ListBaselinesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListBaselinesRequest,
      example.quzhong.api.algo_audit.v1.ListBaselinesResponse> getListBaselinesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListBaselinesRequest, example.quzhong.api.algo_audit.v1.ListBaselinesResponse> getListBaselinesMethod;
    if ((getListBaselinesMethod = AlgoAuditServiceGrpc.getListBaselinesMethod) == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        if ((getListBaselinesMethod = AlgoAuditServiceGrpc.getListBaselinesMethod) == null) {
          AlgoAuditServiceGrpc.getListBaselinesMethod = getListBaselinesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.ListBaselinesRequest, example.quzhong.api.algo_audit.v1.ListBaselinesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListBaselines"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListBaselinesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListBaselinesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AlgoAuditServiceMethodDescriptorSupplier("ListBaselines"))
              .build();
        }
      }
    }
    return getListBaselinesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AlgoAuditServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceStub>() {
        @java.lang.Override
        public AlgoAuditServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AlgoAuditServiceStub(channel, callOptions);
        }
      };
    return AlgoAuditServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AlgoAuditServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceBlockingV2Stub>() {
        @java.lang.Override
        public AlgoAuditServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AlgoAuditServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AlgoAuditServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AlgoAuditServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceBlockingStub>() {
        @java.lang.Override
        public AlgoAuditServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AlgoAuditServiceBlockingStub(channel, callOptions);
        }
      };
    return AlgoAuditServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AlgoAuditServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AlgoAuditServiceFutureStub>() {
        @java.lang.Override
        public AlgoAuditServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AlgoAuditServiceFutureStub(channel, callOptions);
        }
      };
    return AlgoAuditServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Declared thresholds against the middle of what is done.
   * Unions, partner firms and associations are told of the periods of one calendar only (whole months, unless the city
   * declares weeks or days), two days after their end, and of one state of the data: PERIOD_NOT_PUBLIC, PERIOD_NOT_OVER,
   * PERIOD_TOLD_BEFORE. Audits of other periods do not exist for them.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * What can be audited.
     * </pre>
     */
    default void listMetrics(example.quzhong.api.algo_audit.v1.ListMetricsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListMetricsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListMetricsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Judge every declared threshold against its cohort, keep the result and publish findings. Waits for the result.
     * </pre>
     */
    default void runAudit(example.quzhong.api.algo_audit.v1.RunAuditRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.RunAuditResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRunAuditMethod(), responseObserver);
    }

    /**
     * <pre>
     * The same without waiting. The operation's metadata is an AuditProgress, its response a RunAuditResponse; follow it
     * with google.longrunning.Operations, or all audits with WatchAudits. Operations outlive the service: one that a
     * restart interrupted is run again.
     * buf:lint:ignore RPC_RESPONSE_STANDARD_NAME
     * buf:lint:ignore RPC_REQUEST_RESPONSE_UNIQUE
     * </pre>
     */
    default void startAudit(example.quzhong.api.algo_audit.v1.StartAuditRequest request,
        io.grpc.stub.StreamObserver<com.google.longrunning.Operation> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStartAuditMethod(), responseObserver);
    }

    /**
     * <pre>
     * An audit that was run; the latest for the metric and area if no id is given.
     * </pre>
     */
    default void getAudit(example.quzhong.api.algo_audit.v1.GetAuditRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetAuditResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAuditMethod(), responseObserver);
    }

    /**
     */
    default void listAudits(example.quzhong.api.algo_audit.v1.ListAuditsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListAuditsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAuditsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Audits as they are run, each without its cohorts, from now on or after a resume token.
     * </pre>
     */
    default void watchAudits(example.quzhong.api.algo_audit.v1.WatchAuditsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.WatchAuditsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchAuditsMethod(), responseObserver);
    }

    /**
     * <pre>
     * What another threshold would do in a cohort: who would miss it, and what that would cost them. Of any cohort, also
     * where the platform declared nothing (ListBaselines names all of them); of any audit: one that
     * is not in memory is made again; FAILED_PRECONDITION with DATA_HAVE_CHANGED or ORDERS_NO_LONGER_KEPT if it cannot be.
     * </pre>
     */
    default void getWhatIf(example.quzhong.api.algo_audit.v1.GetWhatIfRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetWhatIfResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWhatIfMethod(), responseObserver);
    }

    /**
     * <pre>
     * The share affected over the whole range of thresholds, with the middle and the floor marked.
     * </pre>
     */
    default void getFrontier(example.quzhong.api.algo_audit.v1.GetFrontierRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetFrontierResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetFrontierMethod(), responseObserver);
    }

    /**
     * <pre>
     * What is done, cohort by cohort, whatever was declared: percentiles of closed days, from sketches that outlive the
     * events they were made of. A day is closed two days after its end. Cohorts too small to be shown are left out.
     * </pre>
     */
    default void listBaselines(example.quzhong.api.algo_audit.v1.ListBaselinesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListBaselinesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListBaselinesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AlgoAuditService.
   * <pre>
   * Declared thresholds against the middle of what is done.
   * Unions, partner firms and associations are told of the periods of one calendar only (whole months, unless the city
   * declares weeks or days), two days after their end, and of one state of the data: PERIOD_NOT_PUBLIC, PERIOD_NOT_OVER,
   * PERIOD_TOLD_BEFORE. Audits of other periods do not exist for them.
   * </pre>
   */
  public static abstract class AlgoAuditServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AlgoAuditServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AlgoAuditService.
   * <pre>
   * Declared thresholds against the middle of what is done.
   * Unions, partner firms and associations are told of the periods of one calendar only (whole months, unless the city
   * declares weeks or days), two days after their end, and of one state of the data: PERIOD_NOT_PUBLIC, PERIOD_NOT_OVER,
   * PERIOD_TOLD_BEFORE. Audits of other periods do not exist for them.
   * </pre>
   */
  public static final class AlgoAuditServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AlgoAuditServiceStub> {
    private AlgoAuditServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AlgoAuditServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AlgoAuditServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * What can be audited.
     * </pre>
     */
    public void listMetrics(example.quzhong.api.algo_audit.v1.ListMetricsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListMetricsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListMetricsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Judge every declared threshold against its cohort, keep the result and publish findings. Waits for the result.
     * </pre>
     */
    public void runAudit(example.quzhong.api.algo_audit.v1.RunAuditRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.RunAuditResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRunAuditMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The same without waiting. The operation's metadata is an AuditProgress, its response a RunAuditResponse; follow it
     * with google.longrunning.Operations, or all audits with WatchAudits. Operations outlive the service: one that a
     * restart interrupted is run again.
     * buf:lint:ignore RPC_RESPONSE_STANDARD_NAME
     * buf:lint:ignore RPC_REQUEST_RESPONSE_UNIQUE
     * </pre>
     */
    public void startAudit(example.quzhong.api.algo_audit.v1.StartAuditRequest request,
        io.grpc.stub.StreamObserver<com.google.longrunning.Operation> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStartAuditMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * An audit that was run; the latest for the metric and area if no id is given.
     * </pre>
     */
    public void getAudit(example.quzhong.api.algo_audit.v1.GetAuditRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetAuditResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAuditMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listAudits(example.quzhong.api.algo_audit.v1.ListAuditsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListAuditsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAuditsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Audits as they are run, each without its cohorts, from now on or after a resume token.
     * </pre>
     */
    public void watchAudits(example.quzhong.api.algo_audit.v1.WatchAuditsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.WatchAuditsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchAuditsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What another threshold would do in a cohort: who would miss it, and what that would cost them. Of any cohort, also
     * where the platform declared nothing (ListBaselines names all of them); of any audit: one that
     * is not in memory is made again; FAILED_PRECONDITION with DATA_HAVE_CHANGED or ORDERS_NO_LONGER_KEPT if it cannot be.
     * </pre>
     */
    public void getWhatIf(example.quzhong.api.algo_audit.v1.GetWhatIfRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetWhatIfResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWhatIfMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The share affected over the whole range of thresholds, with the middle and the floor marked.
     * </pre>
     */
    public void getFrontier(example.quzhong.api.algo_audit.v1.GetFrontierRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetFrontierResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetFrontierMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What is done, cohort by cohort, whatever was declared: percentiles of closed days, from sketches that outlive the
     * events they were made of. A day is closed two days after its end. Cohorts too small to be shown are left out.
     * </pre>
     */
    public void listBaselines(example.quzhong.api.algo_audit.v1.ListBaselinesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListBaselinesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListBaselinesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AlgoAuditService.
   * <pre>
   * Declared thresholds against the middle of what is done.
   * Unions, partner firms and associations are told of the periods of one calendar only (whole months, unless the city
   * declares weeks or days), two days after their end, and of one state of the data: PERIOD_NOT_PUBLIC, PERIOD_NOT_OVER,
   * PERIOD_TOLD_BEFORE. Audits of other periods do not exist for them.
   * </pre>
   */
  public static final class AlgoAuditServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AlgoAuditServiceBlockingV2Stub> {
    private AlgoAuditServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AlgoAuditServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AlgoAuditServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * What can be audited.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ListMetricsResponse listMetrics(example.quzhong.api.algo_audit.v1.ListMetricsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListMetricsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Judge every declared threshold against its cohort, keep the result and publish findings. Waits for the result.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.RunAuditResponse runAudit(example.quzhong.api.algo_audit.v1.RunAuditRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRunAuditMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The same without waiting. The operation's metadata is an AuditProgress, its response a RunAuditResponse; follow it
     * with google.longrunning.Operations, or all audits with WatchAudits. Operations outlive the service: one that a
     * restart interrupted is run again.
     * buf:lint:ignore RPC_RESPONSE_STANDARD_NAME
     * buf:lint:ignore RPC_REQUEST_RESPONSE_UNIQUE
     * </pre>
     */
    public com.google.longrunning.Operation startAudit(example.quzhong.api.algo_audit.v1.StartAuditRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getStartAuditMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An audit that was run; the latest for the metric and area if no id is given.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.GetAuditResponse getAudit(example.quzhong.api.algo_audit.v1.GetAuditRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAuditMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.ListAuditsResponse listAudits(example.quzhong.api.algo_audit.v1.ListAuditsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAuditsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Audits as they are run, each without its cohorts, from now on or after a resume token.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, example.quzhong.api.algo_audit.v1.WatchAuditsResponse>
        watchAudits(example.quzhong.api.algo_audit.v1.WatchAuditsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchAuditsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What another threshold would do in a cohort: who would miss it, and what that would cost them. Of any cohort, also
     * where the platform declared nothing (ListBaselines names all of them); of any audit: one that
     * is not in memory is made again; FAILED_PRECONDITION with DATA_HAVE_CHANGED or ORDERS_NO_LONGER_KEPT if it cannot be.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.GetWhatIfResponse getWhatIf(example.quzhong.api.algo_audit.v1.GetWhatIfRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWhatIfMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The share affected over the whole range of thresholds, with the middle and the floor marked.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.GetFrontierResponse getFrontier(example.quzhong.api.algo_audit.v1.GetFrontierRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetFrontierMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What is done, cohort by cohort, whatever was declared: percentiles of closed days, from sketches that outlive the
     * events they were made of. A day is closed two days after its end. Cohorts too small to be shown are left out.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ListBaselinesResponse listBaselines(example.quzhong.api.algo_audit.v1.ListBaselinesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListBaselinesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AlgoAuditService.
   * <pre>
   * Declared thresholds against the middle of what is done.
   * Unions, partner firms and associations are told of the periods of one calendar only (whole months, unless the city
   * declares weeks or days), two days after their end, and of one state of the data: PERIOD_NOT_PUBLIC, PERIOD_NOT_OVER,
   * PERIOD_TOLD_BEFORE. Audits of other periods do not exist for them.
   * </pre>
   */
  public static final class AlgoAuditServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AlgoAuditServiceBlockingStub> {
    private AlgoAuditServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AlgoAuditServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AlgoAuditServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * What can be audited.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ListMetricsResponse listMetrics(example.quzhong.api.algo_audit.v1.ListMetricsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListMetricsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Judge every declared threshold against its cohort, keep the result and publish findings. Waits for the result.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.RunAuditResponse runAudit(example.quzhong.api.algo_audit.v1.RunAuditRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRunAuditMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The same without waiting. The operation's metadata is an AuditProgress, its response a RunAuditResponse; follow it
     * with google.longrunning.Operations, or all audits with WatchAudits. Operations outlive the service: one that a
     * restart interrupted is run again.
     * buf:lint:ignore RPC_RESPONSE_STANDARD_NAME
     * buf:lint:ignore RPC_REQUEST_RESPONSE_UNIQUE
     * </pre>
     */
    public com.google.longrunning.Operation startAudit(example.quzhong.api.algo_audit.v1.StartAuditRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartAuditMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * An audit that was run; the latest for the metric and area if no id is given.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.GetAuditResponse getAudit(example.quzhong.api.algo_audit.v1.GetAuditRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAuditMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.ListAuditsResponse listAudits(example.quzhong.api.algo_audit.v1.ListAuditsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAuditsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Audits as they are run, each without its cohorts, from now on or after a resume token.
     * </pre>
     */
    public java.util.Iterator<example.quzhong.api.algo_audit.v1.WatchAuditsResponse> watchAudits(
        example.quzhong.api.algo_audit.v1.WatchAuditsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchAuditsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What another threshold would do in a cohort: who would miss it, and what that would cost them. Of any cohort, also
     * where the platform declared nothing (ListBaselines names all of them); of any audit: one that
     * is not in memory is made again; FAILED_PRECONDITION with DATA_HAVE_CHANGED or ORDERS_NO_LONGER_KEPT if it cannot be.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.GetWhatIfResponse getWhatIf(example.quzhong.api.algo_audit.v1.GetWhatIfRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWhatIfMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The share affected over the whole range of thresholds, with the middle and the floor marked.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.GetFrontierResponse getFrontier(example.quzhong.api.algo_audit.v1.GetFrontierRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetFrontierMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What is done, cohort by cohort, whatever was declared: percentiles of closed days, from sketches that outlive the
     * events they were made of. A day is closed two days after its end. Cohorts too small to be shown are left out.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ListBaselinesResponse listBaselines(example.quzhong.api.algo_audit.v1.ListBaselinesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListBaselinesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AlgoAuditService.
   * <pre>
   * Declared thresholds against the middle of what is done.
   * Unions, partner firms and associations are told of the periods of one calendar only (whole months, unless the city
   * declares weeks or days), two days after their end, and of one state of the data: PERIOD_NOT_PUBLIC, PERIOD_NOT_OVER,
   * PERIOD_TOLD_BEFORE. Audits of other periods do not exist for them.
   * </pre>
   */
  public static final class AlgoAuditServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AlgoAuditServiceFutureStub> {
    private AlgoAuditServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AlgoAuditServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AlgoAuditServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * What can be audited.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.ListMetricsResponse> listMetrics(
        example.quzhong.api.algo_audit.v1.ListMetricsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListMetricsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Judge every declared threshold against its cohort, keep the result and publish findings. Waits for the result.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.RunAuditResponse> runAudit(
        example.quzhong.api.algo_audit.v1.RunAuditRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRunAuditMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The same without waiting. The operation's metadata is an AuditProgress, its response a RunAuditResponse; follow it
     * with google.longrunning.Operations, or all audits with WatchAudits. Operations outlive the service: one that a
     * restart interrupted is run again.
     * buf:lint:ignore RPC_RESPONSE_STANDARD_NAME
     * buf:lint:ignore RPC_REQUEST_RESPONSE_UNIQUE
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.google.longrunning.Operation> startAudit(
        example.quzhong.api.algo_audit.v1.StartAuditRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStartAuditMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * An audit that was run; the latest for the metric and area if no id is given.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.GetAuditResponse> getAudit(
        example.quzhong.api.algo_audit.v1.GetAuditRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAuditMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.ListAuditsResponse> listAudits(
        example.quzhong.api.algo_audit.v1.ListAuditsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAuditsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What another threshold would do in a cohort: who would miss it, and what that would cost them. Of any cohort, also
     * where the platform declared nothing (ListBaselines names all of them); of any audit: one that
     * is not in memory is made again; FAILED_PRECONDITION with DATA_HAVE_CHANGED or ORDERS_NO_LONGER_KEPT if it cannot be.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.GetWhatIfResponse> getWhatIf(
        example.quzhong.api.algo_audit.v1.GetWhatIfRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWhatIfMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The share affected over the whole range of thresholds, with the middle and the floor marked.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.GetFrontierResponse> getFrontier(
        example.quzhong.api.algo_audit.v1.GetFrontierRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetFrontierMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What is done, cohort by cohort, whatever was declared: percentiles of closed days, from sketches that outlive the
     * events they were made of. A day is closed two days after its end. Cohorts too small to be shown are left out.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.ListBaselinesResponse> listBaselines(
        example.quzhong.api.algo_audit.v1.ListBaselinesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListBaselinesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_METRICS = 0;
  private static final int METHODID_RUN_AUDIT = 1;
  private static final int METHODID_START_AUDIT = 2;
  private static final int METHODID_GET_AUDIT = 3;
  private static final int METHODID_LIST_AUDITS = 4;
  private static final int METHODID_WATCH_AUDITS = 5;
  private static final int METHODID_GET_WHAT_IF = 6;
  private static final int METHODID_GET_FRONTIER = 7;
  private static final int METHODID_LIST_BASELINES = 8;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_METRICS:
          serviceImpl.listMetrics((example.quzhong.api.algo_audit.v1.ListMetricsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListMetricsResponse>) responseObserver);
          break;
        case METHODID_RUN_AUDIT:
          serviceImpl.runAudit((example.quzhong.api.algo_audit.v1.RunAuditRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.RunAuditResponse>) responseObserver);
          break;
        case METHODID_START_AUDIT:
          serviceImpl.startAudit((example.quzhong.api.algo_audit.v1.StartAuditRequest) request,
              (io.grpc.stub.StreamObserver<com.google.longrunning.Operation>) responseObserver);
          break;
        case METHODID_GET_AUDIT:
          serviceImpl.getAudit((example.quzhong.api.algo_audit.v1.GetAuditRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetAuditResponse>) responseObserver);
          break;
        case METHODID_LIST_AUDITS:
          serviceImpl.listAudits((example.quzhong.api.algo_audit.v1.ListAuditsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListAuditsResponse>) responseObserver);
          break;
        case METHODID_WATCH_AUDITS:
          serviceImpl.watchAudits((example.quzhong.api.algo_audit.v1.WatchAuditsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.WatchAuditsResponse>) responseObserver);
          break;
        case METHODID_GET_WHAT_IF:
          serviceImpl.getWhatIf((example.quzhong.api.algo_audit.v1.GetWhatIfRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetWhatIfResponse>) responseObserver);
          break;
        case METHODID_GET_FRONTIER:
          serviceImpl.getFrontier((example.quzhong.api.algo_audit.v1.GetFrontierRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetFrontierResponse>) responseObserver);
          break;
        case METHODID_LIST_BASELINES:
          serviceImpl.listBaselines((example.quzhong.api.algo_audit.v1.ListBaselinesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListBaselinesResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getListMetricsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.ListMetricsRequest,
              example.quzhong.api.algo_audit.v1.ListMetricsResponse>(
                service, METHODID_LIST_METRICS)))
        .addMethod(
          getRunAuditMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.RunAuditRequest,
              example.quzhong.api.algo_audit.v1.RunAuditResponse>(
                service, METHODID_RUN_AUDIT)))
        .addMethod(
          getStartAuditMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.StartAuditRequest,
              com.google.longrunning.Operation>(
                service, METHODID_START_AUDIT)))
        .addMethod(
          getGetAuditMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.GetAuditRequest,
              example.quzhong.api.algo_audit.v1.GetAuditResponse>(
                service, METHODID_GET_AUDIT)))
        .addMethod(
          getListAuditsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.ListAuditsRequest,
              example.quzhong.api.algo_audit.v1.ListAuditsResponse>(
                service, METHODID_LIST_AUDITS)))
        .addMethod(
          getWatchAuditsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.WatchAuditsRequest,
              example.quzhong.api.algo_audit.v1.WatchAuditsResponse>(
                service, METHODID_WATCH_AUDITS)))
        .addMethod(
          getGetWhatIfMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.GetWhatIfRequest,
              example.quzhong.api.algo_audit.v1.GetWhatIfResponse>(
                service, METHODID_GET_WHAT_IF)))
        .addMethod(
          getGetFrontierMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.GetFrontierRequest,
              example.quzhong.api.algo_audit.v1.GetFrontierResponse>(
                service, METHODID_GET_FRONTIER)))
        .addMethod(
          getListBaselinesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.ListBaselinesRequest,
              example.quzhong.api.algo_audit.v1.ListBaselinesResponse>(
                service, METHODID_LIST_BASELINES)))
        .build();
  }

  private static abstract class AlgoAuditServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AlgoAuditServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.algo_audit.v1.AlgoAuditProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AlgoAuditService");
    }
  }

  private static final class AlgoAuditServiceFileDescriptorSupplier
      extends AlgoAuditServiceBaseDescriptorSupplier {
    AlgoAuditServiceFileDescriptorSupplier() {}
  }

  private static final class AlgoAuditServiceMethodDescriptorSupplier
      extends AlgoAuditServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AlgoAuditServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (AlgoAuditServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AlgoAuditServiceFileDescriptorSupplier())
              .addMethod(getListMetricsMethod())
              .addMethod(getRunAuditMethod())
              .addMethod(getStartAuditMethod())
              .addMethod(getGetAuditMethod())
              .addMethod(getListAuditsMethod())
              .addMethod(getWatchAuditsMethod())
              .addMethod(getGetWhatIfMethod())
              .addMethod(getGetFrontierMethod())
              .addMethod(getListBaselinesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
