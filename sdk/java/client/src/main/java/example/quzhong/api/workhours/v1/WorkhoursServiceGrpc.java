package example.quzhong.api.workhours.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Continuous working time, judged by rule packs.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class WorkhoursServiceGrpc {

  private WorkhoursServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.workhours.v1.WorkhoursService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ListFindingsRequest,
      example.quzhong.api.workhours.v1.ListFindingsResponse> getListFindingsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListFindings",
      requestType = example.quzhong.api.workhours.v1.ListFindingsRequest.class,
      responseType = example.quzhong.api.workhours.v1.ListFindingsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ListFindingsRequest,
      example.quzhong.api.workhours.v1.ListFindingsResponse> getListFindingsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ListFindingsRequest, example.quzhong.api.workhours.v1.ListFindingsResponse> getListFindingsMethod;
    if ((getListFindingsMethod = WorkhoursServiceGrpc.getListFindingsMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getListFindingsMethod = WorkhoursServiceGrpc.getListFindingsMethod) == null) {
          WorkhoursServiceGrpc.getListFindingsMethod = getListFindingsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.ListFindingsRequest, example.quzhong.api.workhours.v1.ListFindingsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListFindings"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.ListFindingsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.ListFindingsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("ListFindings"))
              .build();
        }
      }
    }
    return getListFindingsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.GetFindingRequest,
      example.quzhong.api.workhours.v1.GetFindingResponse> getGetFindingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetFinding",
      requestType = example.quzhong.api.workhours.v1.GetFindingRequest.class,
      responseType = example.quzhong.api.workhours.v1.GetFindingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.GetFindingRequest,
      example.quzhong.api.workhours.v1.GetFindingResponse> getGetFindingMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.GetFindingRequest, example.quzhong.api.workhours.v1.GetFindingResponse> getGetFindingMethod;
    if ((getGetFindingMethod = WorkhoursServiceGrpc.getGetFindingMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getGetFindingMethod = WorkhoursServiceGrpc.getGetFindingMethod) == null) {
          WorkhoursServiceGrpc.getGetFindingMethod = getGetFindingMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.GetFindingRequest, example.quzhong.api.workhours.v1.GetFindingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetFinding"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.GetFindingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.GetFindingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("GetFinding"))
              .build();
        }
      }
    }
    return getGetFindingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.WatchFindingsRequest,
      example.quzhong.api.workhours.v1.WatchFindingsResponse> getWatchFindingsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchFindings",
      requestType = example.quzhong.api.workhours.v1.WatchFindingsRequest.class,
      responseType = example.quzhong.api.workhours.v1.WatchFindingsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.WatchFindingsRequest,
      example.quzhong.api.workhours.v1.WatchFindingsResponse> getWatchFindingsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.WatchFindingsRequest, example.quzhong.api.workhours.v1.WatchFindingsResponse> getWatchFindingsMethod;
    if ((getWatchFindingsMethod = WorkhoursServiceGrpc.getWatchFindingsMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getWatchFindingsMethod = WorkhoursServiceGrpc.getWatchFindingsMethod) == null) {
          WorkhoursServiceGrpc.getWatchFindingsMethod = getWatchFindingsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.WatchFindingsRequest, example.quzhong.api.workhours.v1.WatchFindingsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchFindings"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.WatchFindingsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.WatchFindingsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("WatchFindings"))
              .build();
        }
      }
    }
    return getWatchFindingsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.SummariseFindingsRequest,
      example.quzhong.api.workhours.v1.SummariseFindingsResponse> getSummariseFindingsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SummariseFindings",
      requestType = example.quzhong.api.workhours.v1.SummariseFindingsRequest.class,
      responseType = example.quzhong.api.workhours.v1.SummariseFindingsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.SummariseFindingsRequest,
      example.quzhong.api.workhours.v1.SummariseFindingsResponse> getSummariseFindingsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.SummariseFindingsRequest, example.quzhong.api.workhours.v1.SummariseFindingsResponse> getSummariseFindingsMethod;
    if ((getSummariseFindingsMethod = WorkhoursServiceGrpc.getSummariseFindingsMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getSummariseFindingsMethod = WorkhoursServiceGrpc.getSummariseFindingsMethod) == null) {
          WorkhoursServiceGrpc.getSummariseFindingsMethod = getSummariseFindingsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.SummariseFindingsRequest, example.quzhong.api.workhours.v1.SummariseFindingsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SummariseFindings"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.SummariseFindingsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.SummariseFindingsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("SummariseFindings"))
              .build();
        }
      }
    }
    return getSummariseFindingsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ExplainRequest,
      example.quzhong.api.workhours.v1.ExplainResponse> getExplainMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Explain",
      requestType = example.quzhong.api.workhours.v1.ExplainRequest.class,
      responseType = example.quzhong.api.workhours.v1.ExplainResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ExplainRequest,
      example.quzhong.api.workhours.v1.ExplainResponse> getExplainMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ExplainRequest, example.quzhong.api.workhours.v1.ExplainResponse> getExplainMethod;
    if ((getExplainMethod = WorkhoursServiceGrpc.getExplainMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getExplainMethod = WorkhoursServiceGrpc.getExplainMethod) == null) {
          WorkhoursServiceGrpc.getExplainMethod = getExplainMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.ExplainRequest, example.quzhong.api.workhours.v1.ExplainResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Explain"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.ExplainRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.ExplainResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("Explain"))
              .build();
        }
      }
    }
    return getExplainMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.GetWorkerTimelineRequest,
      example.quzhong.api.workhours.v1.GetWorkerTimelineResponse> getGetWorkerTimelineMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWorkerTimeline",
      requestType = example.quzhong.api.workhours.v1.GetWorkerTimelineRequest.class,
      responseType = example.quzhong.api.workhours.v1.GetWorkerTimelineResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.GetWorkerTimelineRequest,
      example.quzhong.api.workhours.v1.GetWorkerTimelineResponse> getGetWorkerTimelineMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.GetWorkerTimelineRequest, example.quzhong.api.workhours.v1.GetWorkerTimelineResponse> getGetWorkerTimelineMethod;
    if ((getGetWorkerTimelineMethod = WorkhoursServiceGrpc.getGetWorkerTimelineMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getGetWorkerTimelineMethod = WorkhoursServiceGrpc.getGetWorkerTimelineMethod) == null) {
          WorkhoursServiceGrpc.getGetWorkerTimelineMethod = getGetWorkerTimelineMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.GetWorkerTimelineRequest, example.quzhong.api.workhours.v1.GetWorkerTimelineResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWorkerTimeline"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.GetWorkerTimelineRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.GetWorkerTimelineResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("GetWorkerTimeline"))
              .build();
        }
      }
    }
    return getGetWorkerTimelineMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.WatchAdvisoriesRequest,
      example.quzhong.api.workhours.v1.WatchAdvisoriesResponse> getWatchAdvisoriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchAdvisories",
      requestType = example.quzhong.api.workhours.v1.WatchAdvisoriesRequest.class,
      responseType = example.quzhong.api.workhours.v1.WatchAdvisoriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.WatchAdvisoriesRequest,
      example.quzhong.api.workhours.v1.WatchAdvisoriesResponse> getWatchAdvisoriesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.WatchAdvisoriesRequest, example.quzhong.api.workhours.v1.WatchAdvisoriesResponse> getWatchAdvisoriesMethod;
    if ((getWatchAdvisoriesMethod = WorkhoursServiceGrpc.getWatchAdvisoriesMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getWatchAdvisoriesMethod = WorkhoursServiceGrpc.getWatchAdvisoriesMethod) == null) {
          WorkhoursServiceGrpc.getWatchAdvisoriesMethod = getWatchAdvisoriesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.WatchAdvisoriesRequest, example.quzhong.api.workhours.v1.WatchAdvisoriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchAdvisories"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.WatchAdvisoriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.WatchAdvisoriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("WatchAdvisories"))
              .build();
        }
      }
    }
    return getWatchAdvisoriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ListAdvisoriesRequest,
      example.quzhong.api.workhours.v1.ListAdvisoriesResponse> getListAdvisoriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAdvisories",
      requestType = example.quzhong.api.workhours.v1.ListAdvisoriesRequest.class,
      responseType = example.quzhong.api.workhours.v1.ListAdvisoriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ListAdvisoriesRequest,
      example.quzhong.api.workhours.v1.ListAdvisoriesResponse> getListAdvisoriesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.workhours.v1.ListAdvisoriesRequest, example.quzhong.api.workhours.v1.ListAdvisoriesResponse> getListAdvisoriesMethod;
    if ((getListAdvisoriesMethod = WorkhoursServiceGrpc.getListAdvisoriesMethod) == null) {
      synchronized (WorkhoursServiceGrpc.class) {
        if ((getListAdvisoriesMethod = WorkhoursServiceGrpc.getListAdvisoriesMethod) == null) {
          WorkhoursServiceGrpc.getListAdvisoriesMethod = getListAdvisoriesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.workhours.v1.ListAdvisoriesRequest, example.quzhong.api.workhours.v1.ListAdvisoriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAdvisories"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.ListAdvisoriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.workhours.v1.ListAdvisoriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkhoursServiceMethodDescriptorSupplier("ListAdvisories"))
              .build();
        }
      }
    }
    return getListAdvisoriesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static WorkhoursServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceStub>() {
        @java.lang.Override
        public WorkhoursServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkhoursServiceStub(channel, callOptions);
        }
      };
    return WorkhoursServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static WorkhoursServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceBlockingV2Stub>() {
        @java.lang.Override
        public WorkhoursServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkhoursServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return WorkhoursServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static WorkhoursServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceBlockingStub>() {
        @java.lang.Override
        public WorkhoursServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkhoursServiceBlockingStub(channel, callOptions);
        }
      };
    return WorkhoursServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static WorkhoursServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkhoursServiceFutureStub>() {
        @java.lang.Override
        public WorkhoursServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkhoursServiceFutureStub(channel, callOptions);
        }
      };
    return WorkhoursServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Continuous working time, judged by rule packs.
   * </pre>
   */
  public interface AsyncService {

    /**
     */
    default void listFindings(example.quzhong.api.workhours.v1.ListFindingsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ListFindingsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListFindingsMethod(), responseObserver);
    }

    /**
     */
    default void getFinding(example.quzhong.api.workhours.v1.GetFindingRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.GetFindingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetFindingMethod(), responseObserver);
    }

    /**
     * <pre>
     * Findings as they come and change, from a resume token on.
     * </pre>
     */
    default void watchFindings(example.quzhong.api.workhours.v1.WatchFindingsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.WatchFindingsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchFindingsMethod(), responseObserver);
    }

    /**
     * <pre>
     * How many findings stand and how many workers they concern, by rule.
     * </pre>
     */
    default void summariseFindings(example.quzhong.api.workhours.v1.SummariseFindingsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.SummariseFindingsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSummariseFindingsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Judges the finding's worker again, from the event log and by the rules in force, and says what has become of it.
     * </pre>
     */
    default void explain(example.quzhong.api.workhours.v1.ExplainRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ExplainResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExplainMethod(), responseObserver);
    }

    /**
     * <pre>
     * What one worker did, how the counters of the rules ran, and what was found.
     * </pre>
     */
    default void getWorkerTimeline(example.quzhong.api.workhours.v1.GetWorkerTimelineRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.GetWorkerTimelineResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWorkerTimelineMethod(), responseObserver);
    }

    /**
     * <pre>
     * What a platform should do for its workers, as it comes, from a resume token on; what was replaced meanwhile is
     * left out. ListAdvisories is the same by the page, for those who ask now and then.
     * </pre>
     */
    default void watchAdvisories(example.quzhong.api.workhours.v1.WatchAdvisoriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.WatchAdvisoriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchAdvisoriesMethod(), responseObserver);
    }

    /**
     */
    default void listAdvisories(example.quzhong.api.workhours.v1.ListAdvisoriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ListAdvisoriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAdvisoriesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service WorkhoursService.
   * <pre>
   * Continuous working time, judged by rule packs.
   * </pre>
   */
  public static abstract class WorkhoursServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return WorkhoursServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service WorkhoursService.
   * <pre>
   * Continuous working time, judged by rule packs.
   * </pre>
   */
  public static final class WorkhoursServiceStub
      extends io.grpc.stub.AbstractAsyncStub<WorkhoursServiceStub> {
    private WorkhoursServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkhoursServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkhoursServiceStub(channel, callOptions);
    }

    /**
     */
    public void listFindings(example.quzhong.api.workhours.v1.ListFindingsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ListFindingsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListFindingsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void getFinding(example.quzhong.api.workhours.v1.GetFindingRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.GetFindingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetFindingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Findings as they come and change, from a resume token on.
     * </pre>
     */
    public void watchFindings(example.quzhong.api.workhours.v1.WatchFindingsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.WatchFindingsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchFindingsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * How many findings stand and how many workers they concern, by rule.
     * </pre>
     */
    public void summariseFindings(example.quzhong.api.workhours.v1.SummariseFindingsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.SummariseFindingsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSummariseFindingsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Judges the finding's worker again, from the event log and by the rules in force, and says what has become of it.
     * </pre>
     */
    public void explain(example.quzhong.api.workhours.v1.ExplainRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ExplainResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExplainMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What one worker did, how the counters of the rules ran, and what was found.
     * </pre>
     */
    public void getWorkerTimeline(example.quzhong.api.workhours.v1.GetWorkerTimelineRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.GetWorkerTimelineResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWorkerTimelineMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What a platform should do for its workers, as it comes, from a resume token on; what was replaced meanwhile is
     * left out. ListAdvisories is the same by the page, for those who ask now and then.
     * </pre>
     */
    public void watchAdvisories(example.quzhong.api.workhours.v1.WatchAdvisoriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.WatchAdvisoriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchAdvisoriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listAdvisories(example.quzhong.api.workhours.v1.ListAdvisoriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ListAdvisoriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAdvisoriesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service WorkhoursService.
   * <pre>
   * Continuous working time, judged by rule packs.
   * </pre>
   */
  public static final class WorkhoursServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<WorkhoursServiceBlockingV2Stub> {
    private WorkhoursServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkhoursServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkhoursServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.workhours.v1.ListFindingsResponse listFindings(example.quzhong.api.workhours.v1.ListFindingsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListFindingsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.workhours.v1.GetFindingResponse getFinding(example.quzhong.api.workhours.v1.GetFindingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetFindingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Findings as they come and change, from a resume token on.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, example.quzhong.api.workhours.v1.WatchFindingsResponse>
        watchFindings(example.quzhong.api.workhours.v1.WatchFindingsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchFindingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * How many findings stand and how many workers they concern, by rule.
     * </pre>
     */
    public example.quzhong.api.workhours.v1.SummariseFindingsResponse summariseFindings(example.quzhong.api.workhours.v1.SummariseFindingsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSummariseFindingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Judges the finding's worker again, from the event log and by the rules in force, and says what has become of it.
     * </pre>
     */
    public example.quzhong.api.workhours.v1.ExplainResponse explain(example.quzhong.api.workhours.v1.ExplainRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExplainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What one worker did, how the counters of the rules ran, and what was found.
     * </pre>
     */
    public example.quzhong.api.workhours.v1.GetWorkerTimelineResponse getWorkerTimeline(example.quzhong.api.workhours.v1.GetWorkerTimelineRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWorkerTimelineMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What a platform should do for its workers, as it comes, from a resume token on; what was replaced meanwhile is
     * left out. ListAdvisories is the same by the page, for those who ask now and then.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, example.quzhong.api.workhours.v1.WatchAdvisoriesResponse>
        watchAdvisories(example.quzhong.api.workhours.v1.WatchAdvisoriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchAdvisoriesMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.workhours.v1.ListAdvisoriesResponse listAdvisories(example.quzhong.api.workhours.v1.ListAdvisoriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAdvisoriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service WorkhoursService.
   * <pre>
   * Continuous working time, judged by rule packs.
   * </pre>
   */
  public static final class WorkhoursServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<WorkhoursServiceBlockingStub> {
    private WorkhoursServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkhoursServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkhoursServiceBlockingStub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.workhours.v1.ListFindingsResponse listFindings(example.quzhong.api.workhours.v1.ListFindingsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListFindingsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.workhours.v1.GetFindingResponse getFinding(example.quzhong.api.workhours.v1.GetFindingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetFindingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Findings as they come and change, from a resume token on.
     * </pre>
     */
    public java.util.Iterator<example.quzhong.api.workhours.v1.WatchFindingsResponse> watchFindings(
        example.quzhong.api.workhours.v1.WatchFindingsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchFindingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * How many findings stand and how many workers they concern, by rule.
     * </pre>
     */
    public example.quzhong.api.workhours.v1.SummariseFindingsResponse summariseFindings(example.quzhong.api.workhours.v1.SummariseFindingsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSummariseFindingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Judges the finding's worker again, from the event log and by the rules in force, and says what has become of it.
     * </pre>
     */
    public example.quzhong.api.workhours.v1.ExplainResponse explain(example.quzhong.api.workhours.v1.ExplainRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExplainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What one worker did, how the counters of the rules ran, and what was found.
     * </pre>
     */
    public example.quzhong.api.workhours.v1.GetWorkerTimelineResponse getWorkerTimeline(example.quzhong.api.workhours.v1.GetWorkerTimelineRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWorkerTimelineMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What a platform should do for its workers, as it comes, from a resume token on; what was replaced meanwhile is
     * left out. ListAdvisories is the same by the page, for those who ask now and then.
     * </pre>
     */
    public java.util.Iterator<example.quzhong.api.workhours.v1.WatchAdvisoriesResponse> watchAdvisories(
        example.quzhong.api.workhours.v1.WatchAdvisoriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchAdvisoriesMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.workhours.v1.ListAdvisoriesResponse listAdvisories(example.quzhong.api.workhours.v1.ListAdvisoriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAdvisoriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service WorkhoursService.
   * <pre>
   * Continuous working time, judged by rule packs.
   * </pre>
   */
  public static final class WorkhoursServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<WorkhoursServiceFutureStub> {
    private WorkhoursServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkhoursServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkhoursServiceFutureStub(channel, callOptions);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.workhours.v1.ListFindingsResponse> listFindings(
        example.quzhong.api.workhours.v1.ListFindingsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListFindingsMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.workhours.v1.GetFindingResponse> getFinding(
        example.quzhong.api.workhours.v1.GetFindingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetFindingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * How many findings stand and how many workers they concern, by rule.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.workhours.v1.SummariseFindingsResponse> summariseFindings(
        example.quzhong.api.workhours.v1.SummariseFindingsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSummariseFindingsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Judges the finding's worker again, from the event log and by the rules in force, and says what has become of it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.workhours.v1.ExplainResponse> explain(
        example.quzhong.api.workhours.v1.ExplainRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExplainMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What one worker did, how the counters of the rules ran, and what was found.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.workhours.v1.GetWorkerTimelineResponse> getWorkerTimeline(
        example.quzhong.api.workhours.v1.GetWorkerTimelineRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWorkerTimelineMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.workhours.v1.ListAdvisoriesResponse> listAdvisories(
        example.quzhong.api.workhours.v1.ListAdvisoriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAdvisoriesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_FINDINGS = 0;
  private static final int METHODID_GET_FINDING = 1;
  private static final int METHODID_WATCH_FINDINGS = 2;
  private static final int METHODID_SUMMARISE_FINDINGS = 3;
  private static final int METHODID_EXPLAIN = 4;
  private static final int METHODID_GET_WORKER_TIMELINE = 5;
  private static final int METHODID_WATCH_ADVISORIES = 6;
  private static final int METHODID_LIST_ADVISORIES = 7;

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
        case METHODID_LIST_FINDINGS:
          serviceImpl.listFindings((example.quzhong.api.workhours.v1.ListFindingsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ListFindingsResponse>) responseObserver);
          break;
        case METHODID_GET_FINDING:
          serviceImpl.getFinding((example.quzhong.api.workhours.v1.GetFindingRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.GetFindingResponse>) responseObserver);
          break;
        case METHODID_WATCH_FINDINGS:
          serviceImpl.watchFindings((example.quzhong.api.workhours.v1.WatchFindingsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.WatchFindingsResponse>) responseObserver);
          break;
        case METHODID_SUMMARISE_FINDINGS:
          serviceImpl.summariseFindings((example.quzhong.api.workhours.v1.SummariseFindingsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.SummariseFindingsResponse>) responseObserver);
          break;
        case METHODID_EXPLAIN:
          serviceImpl.explain((example.quzhong.api.workhours.v1.ExplainRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ExplainResponse>) responseObserver);
          break;
        case METHODID_GET_WORKER_TIMELINE:
          serviceImpl.getWorkerTimeline((example.quzhong.api.workhours.v1.GetWorkerTimelineRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.GetWorkerTimelineResponse>) responseObserver);
          break;
        case METHODID_WATCH_ADVISORIES:
          serviceImpl.watchAdvisories((example.quzhong.api.workhours.v1.WatchAdvisoriesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.WatchAdvisoriesResponse>) responseObserver);
          break;
        case METHODID_LIST_ADVISORIES:
          serviceImpl.listAdvisories((example.quzhong.api.workhours.v1.ListAdvisoriesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.workhours.v1.ListAdvisoriesResponse>) responseObserver);
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
          getListFindingsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.ListFindingsRequest,
              example.quzhong.api.workhours.v1.ListFindingsResponse>(
                service, METHODID_LIST_FINDINGS)))
        .addMethod(
          getGetFindingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.GetFindingRequest,
              example.quzhong.api.workhours.v1.GetFindingResponse>(
                service, METHODID_GET_FINDING)))
        .addMethod(
          getWatchFindingsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.WatchFindingsRequest,
              example.quzhong.api.workhours.v1.WatchFindingsResponse>(
                service, METHODID_WATCH_FINDINGS)))
        .addMethod(
          getSummariseFindingsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.SummariseFindingsRequest,
              example.quzhong.api.workhours.v1.SummariseFindingsResponse>(
                service, METHODID_SUMMARISE_FINDINGS)))
        .addMethod(
          getExplainMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.ExplainRequest,
              example.quzhong.api.workhours.v1.ExplainResponse>(
                service, METHODID_EXPLAIN)))
        .addMethod(
          getGetWorkerTimelineMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.GetWorkerTimelineRequest,
              example.quzhong.api.workhours.v1.GetWorkerTimelineResponse>(
                service, METHODID_GET_WORKER_TIMELINE)))
        .addMethod(
          getWatchAdvisoriesMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.WatchAdvisoriesRequest,
              example.quzhong.api.workhours.v1.WatchAdvisoriesResponse>(
                service, METHODID_WATCH_ADVISORIES)))
        .addMethod(
          getListAdvisoriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.workhours.v1.ListAdvisoriesRequest,
              example.quzhong.api.workhours.v1.ListAdvisoriesResponse>(
                service, METHODID_LIST_ADVISORIES)))
        .build();
  }

  private static abstract class WorkhoursServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    WorkhoursServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.workhours.v1.WorkhoursProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("WorkhoursService");
    }
  }

  private static final class WorkhoursServiceFileDescriptorSupplier
      extends WorkhoursServiceBaseDescriptorSupplier {
    WorkhoursServiceFileDescriptorSupplier() {}
  }

  private static final class WorkhoursServiceMethodDescriptorSupplier
      extends WorkhoursServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    WorkhoursServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (WorkhoursServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new WorkhoursServiceFileDescriptorSupplier())
              .addMethod(getListFindingsMethod())
              .addMethod(getGetFindingMethod())
              .addMethod(getWatchFindingsMethod())
              .addMethod(getSummariseFindingsMethod())
              .addMethod(getExplainMethod())
              .addMethod(getGetWorkerTimelineMethod())
              .addMethod(getWatchAdvisoriesMethod())
              .addMethod(getListAdvisoriesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
